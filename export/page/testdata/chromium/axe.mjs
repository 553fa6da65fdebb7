// Holds the page of a folder to axe-core: light and dark, wide and on a phone, with tables, a company, and no script.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { addressIn, browse, open, phone, require, wide } from "./browser.mjs";

const address = addressIn(process.argv[2]);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const places = process.argv.slice(3);

await browse(async (newPage) => {
  for (const [size, options] of Object.entries({ wide, phone })) {
    for (const colorScheme of ["light", "dark"]) {
      for (const place of places) {
        const page = await newPage({ ...options, colorScheme, bypassCSP: true });
        await open(page, address + place);
        await page.evaluate(() => { for (const details of document.querySelectorAll("main details")) details.open = true; });
        await page.evaluate(axe);
        // The start is looked at as a whole; of other places, what they change.
        const { violations } = await page.evaluate((part) => axe.run(part, { resultTypes: ["violations"] }), place === "" ? "html" : "#search");
        assert.deepEqual(violations.map(({ id, nodes }) => `${size}, ${colorScheme}, ${place || "start"}: ${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")}`), []);
        await page.done();
      }
    }
  }
});
