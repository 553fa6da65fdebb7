// Looks at every part of a page whose texts try to be more than texts: nothing runs, nothing is markup, nothing breaks out.
import assert from "node:assert/strict";
import { addressIn, browse, open, phone, wide } from "./browser.mjs";

const address = addressIn(process.argv[2]);

await browse(async (newPage) => {
  for (const options of [wide, phone]) {
    const page = await newPage(options);
    await page.addInitScript(() => { globalThis.alert = () => { throw new Error("a text ran"); }; });
    for (const place of ["", "#/companies", "#/halts", "#/donations", "#/companies/acme", "#/companies/acme-games", "#/companies/borealis", "#/companies/constructor",
      "#/halts/constructor", "#/donations/acme-donation-1", "#/halts?q=%3Cscript%3Ealert(1)%3C/script%3E", "#/constructor/x", "#/halts/%E0%A4%A", "#/halts?sort=__proto__&page=-1&columns=<b>"]) {
      await page.goto("about:blank");
      await open(page, address + place);
      await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
      const found = await page.evaluate(() => ({
        markup: document.querySelectorAll("main iframe, main img, main b, main i, main script, main textarea, body > table, [onclick], [onload], [onerror]").length,
        // Nothing makes the page wider than the window; tables scroll inside of their frames.
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        addresses: [...document.querySelectorAll("a[href]")].map((link) => link.protocol).filter((protocol) => !["http:", "https:", "file:"].includes(protocol)),
        tallest: Math.max(0, ...[...document.querySelectorAll("#explorer tbody tr")].map((row) => row.getBoundingClientRect().height)),
      }));
      assert.deepEqual({ markup: found.markup, over: found.over, addresses: found.addresses }, { markup: 0, over: 0, addresses: [] }, place);
      assert.ok(found.tallest < 900, `a row of ${place || "the start"} is ${found.tallest} pixels high`);
    }
    await page.done();
  }
});
