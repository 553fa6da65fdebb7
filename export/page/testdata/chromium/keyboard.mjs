// Uses every control of the page of a folder by keyboard alone.
import assert from "node:assert/strict";
import { addressHas, addressIn, browse, count, open } from "./browser.mjs";

const address = addressIn(process.argv[2]);

/** Presses Tab until something has the focus, and returns how it looks there. */
async function tabTo(page, selector) {
  for (let i = 0; i < 400; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) {
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.notEqual(outline, "none", `the focus on ${selector} is seen`);
      return;
    }
  }
  assert.fail(`Tab does not reach ${selector}`);
}

await browse(async (newPage) => {
  const page = await newPage();
  await open(page, address);

  await tabTo(page, "a.skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await tabTo(page, "[data-save=svg]");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.match(download.suggestedFilename(), /\.svg$/);

  await tabTo(page, ".tabs a[href='#/donations']");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash === "#/donations");
  await tabTo(page, "input[type=search]");
  await page.keyboard.type("ukraine");
  assert.match(await count(page), / of /);
  await tabTo(page, "select[name=type]");
  await page.keyboard.press("ArrowDown");
  await addressHas(page, "type=");
  await tabTo(page, "input[aria-label='Announced, from']");
  await page.keyboard.type("03012022");
  await addressHas(page, "announced=2022-03-01");
  await tabTo(page, "input[aria-label='Amount EUR, from']");
  await page.keyboard.type("1000");
  await addressHas(page, "amount_eur=1000..");

  await tabTo(page, ".menu summary");
  await page.keyboard.press("Enter");
  await tabTo(page, ".menu input[value=note]");
  await page.keyboard.press("Space");
  await addressHas(page, "note");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".menu").evaluate((menu) => menu.open), false);
  assert.ok(await page.evaluate(() => document.activeElement.matches(".menu summary")), "Escape leads back to the menu");

  await tabTo(page, "[data-sort=company]");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("th[aria-sort=ascending]").textContent(), "Company");
  assert.ok(await page.evaluate(() => document.activeElement.matches("[data-sort=company]")), "sorting keeps the focus");
  await tabTo(page, "tbody th a");
  await page.keyboard.press("Enter");
  await page.locator(".company").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "company-name");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await addressHas(page, "sort=company");

  await page.goto(`${address}#/companies`);
  await tabTo(page, ".pages button:not(:disabled)");
  await page.keyboard.press("Enter");
  await addressHas(page, "page=2");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".pages button")), "turning a page keeps the focus");
  await tabTo(page, "details.summary > summary");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.parentElement.open), true);
  await tabTo(page, ".scroll");
  await tabTo(page, "#copy-citation");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("copied").textContent !== "");
  await page.done();
});
