// Prints how long the page of a folder takes, in milliseconds: to the first paint, until it can be searched, and from a
// key to the next frame.
import { addressIn, browse, open } from "./browser.mjs";

await browse(async (newPage) => {
  const page = await newPage();
  const began = Date.now();
  await open(page, addressIn(process.argv[2]));
  const ready = Date.now() - began;
  await page.waitForTimeout(2000);
  const keys = await page.evaluate(async () => {
    const box = document.querySelector("#explorer input[type=search]");
    const times = [];
    for (const letter of "company 12") {
      const pressed = performance.now();
      box.value += letter;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      times.push(Math.round(performance.now() - pressed));
    }
    return times;
  });
  const paint = await page.evaluate(() => Math.round(performance.getEntriesByName("first-contentful-paint")[0].startTime));
  const heap = await page.evaluate(() => Math.round(performance.memory.usedJSHeapSize / 1e6));
  console.log(JSON.stringify({ paint, ready, keys, heap, elements: await page.locator("*").count() }));
  await page.done();
});
