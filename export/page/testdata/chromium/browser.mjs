// What the tests of the page have in common: Debian's Chromium, driven by playwright-core of the node modules that
// HALTSHEET_TOOLS names.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export const require = createRequire(join(process.env.HALTSHEET_TOOLS, "node_modules/"));
const { chromium } = require("playwright-core");

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const wide = { viewport: { width: 1360, height: 900 } };
export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** The address of the page in a folder. */
export const addressIn = (folder) => pathToFileURL(resolve(folder, "index.html")).href;

/** Runs something in a browser, and fails when the page says anything in the console or asks for anything else. */
export async function browse(run) {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  try {
    await run(async (options = wide) => {
      const context = await browser.newContext({ acceptDownloads: true, ...options });
      const page = await context.newPage();
      page.faults = [];
      page.on("console", (message) => page.faults.push(message.text()));
      page.on("pageerror", (error) => page.faults.push(error.message));
      page.on("dialog", (dialog) => { page.faults.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
      page.on("request", (request) => { if (!/^(file|blob|data):/.test(request.url())) page.faults.push(`asked for ${request.url()}`); });
      page.done = async () => {
        assert.deepEqual(page.faults, []);
        await context.close();
      };
      return page;
    });
  } finally {
    await browser.close();
  }
}

/** Opens an address and waits until its records can be searched. */
export async function open(page, address) {
  await page.goto(address);
  await page.waitForFunction(() => document.documentElement.dataset.ready === "yes");
}

/** What the page says about how many rows fit. */
export const count = (page) => page.locator("#explorer [role=status]").textContent();

/** Waits until the address has what was asked for. */
export const addressHas = (page, text) => page.waitForFunction((text) => location.hash.includes(text), text);

/** Reads CSV as RFC 4180 has it. */
export function readCSV(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\n") rows.push([]);
    if (end === "") break;
  }
  return rows.slice(0, -1);
}
