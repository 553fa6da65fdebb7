// Uses the page of a folder as people do: search, filters, order, permalinks, a company, downloads, no script.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { addressHas, addressIn, browse, count, open, readCSV } from "./browser.mjs";

const folder = process.argv[2];
const address = addressIn(folder);
const file = (path) => readFileSync(join(folder, path), "utf8");
const table = (name) => {
  const [header, ...rows] = readCSV(file(`csv/${name}.csv`));
  return rows.map((row) => Object.fromEntries(header.map((column, i) => [column, row[i]])));
};
const halts = table("halts");
const donations = table("donations");
const companies = table("companies");
const grouped = (n) => n.toLocaleString("en");

await browse(async (newPage) => {
  let page = await newPage();
  await open(page, address);

  // Search as one types: words in any order, without case and marks.
  const box = page.getByRole("searchbox");
  await box.pressSequentially("IKEA moscow");
  assert.match(await count(page), new RegExp(`^\\d+ of ${grouped(halts.length)} halts$`));
  for (const row of await page.locator("#explorer tbody tr").allTextContents()) assert.match(row.toLowerCase(), /ikea[^]*moscow|moscow[^]*ikea/);
  await addressHas(page, "q=IKEA+moscow");
  const marked = halts.find((halt) => /[à-ü]/.test(halt.company)).company;
  await box.fill(marked.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase());
  assert.ok((await page.locator("#explorer tbody tr").count()) > 0, "a search without marks finds a name with them");
  await box.fill("no such thing anywhere");
  assert.equal(await count(page), `0 of ${grouped(halts.length)} halts`);
  await page.getByRole("button", { name: "Clear all" }).click();
  assert.equal(await count(page), `${grouped(halts.length)} halts`);

  // Filters, against the CSV file.
  await page.locator("select[name=sector]").selectOption("energy");
  const inEnergy = halts.filter((halt) => halt.sector === "energy");
  assert.equal(await count(page), `${grouped(inEnergy.length)} of ${grouped(halts.length)} halts`);
  await page.getByLabel("Announced, from").fill("2022-03-01");
  await page.getByLabel("Announced, to").fill("2022-03-10");
  const inMarch = inEnergy.filter((halt) => halt.announced_end >= "2022-03-01" && halt.announced_start <= "2022-03-10");
  assert.equal(await count(page), `${grouped(inMarch.length)} of ${grouped(halts.length)} halts`);
  await addressHas(page, "sector=energy&announced=2022-03-01..2022-03-10");

  // The rows in view as CSV are those of the file.
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save these rows as CSV" }).click()]);
  const [header, ...saved] = readCSV(readFileSync(await download.path(), "utf8"));
  assert.equal(header.join(), file("csv/halts.csv").split("\n")[0]);
  const byKey = (a, b) => (a[0] < b[0] ? -1 : 1);
  assert.deepEqual(saved.sort(byKey), inMarch.map(Object.values).sort(byKey));

  // The filter is a permalink.
  const link = page.url();
  await page.done();
  page = await newPage();
  await open(page, link);
  assert.equal(await count(page), `${grouped(inMarch.length)} of ${grouped(halts.length)} halts`);
  assert.equal(await page.locator("select[name=sector]").inputValue(), "energy");

  // Order, by number and by name, both ways; only a page of rows is in the document.
  await page.goto(`${address}#/donations`);
  await page.locator("[data-sort=amount_eur]").click();
  await page.locator("[data-sort=amount_eur]").click();
  assert.equal(await page.locator("th[aria-sort=descending]").textContent(), "Amount EUR");
  const largest = donations.map((gift) => Number(gift.amount_eur)).sort((a, b) => b - a)[0];
  const first = await page.locator("#explorer tbody tr").first().locator(".rate summary, .number span").first().textContent();
  assert.equal(Number(first.replace(/[^\d.]/g, "")), largest);
  assert.equal(await page.locator("#explorer tbody tr").count(), 50);
  await page.getByRole("button", { name: "Next" }).click();
  assert.match(await page.locator(".pages").textContent(), /Page 2 of/);
  await addressHas(page, "page=2");

  // A range of amounts, what is counted, and a currency.
  await page.goto(`${address}#/donations?counted=true&currency=USD&amount_eur=1000000..5000000`);
  const fitting = donations.filter((gift) => gift.counted === "true" && gift.currency === "USD" && Number(gift.amount_eur) >= 1e6 && Number(gift.amount_eur) <= 5e6);
  assert.equal(await count(page), `${grouped(fitting.length)} of ${grouped(donations.length)} donations`);

  // A rate on demand.
  await page.locator(".rate summary").first().click();
  assert.match(await page.locator(".rate[open]").first().textContent(), /[\d.]+ USD for one euro, (of|the mean of) /);

  // Columns.
  await page.getByText("Columns", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Note", exact: true }).check();
  await addressHas(page, "note");
  assert.ok((await page.locator("#explorer thead th").allTextContents()).includes("Note"));

  // A company: all of its records in order of time, every source with publisher, date and language.
  const busiest = companies.toSorted((a, b) => b.halt_count - a.halt_count)[0];
  await page.goto(`${address}#/companies/${busiest.company_id}`);
  assert.equal(await page.locator(".company h3").textContent(), busiest.name);
  const its = [...halts, ...donations].filter((record) => record.company_id === busiest.company_id || record.joint_company_ids?.split(";").includes(busiest.company_id));
  assert.equal(await page.locator(".company .records > li").count(), its.length);
  const days = await page.locator(".company .when time").evaluateAll((all) => all.map((time) => time.dateTime));
  assert.deepEqual(days, days.toSorted());
  for (const source of await page.locator(".company > .sources > li").allTextContents()) assert.match(source, /^.+, (no date|.*\d{4}.*), .+$/);

  // A record has an address of its own, and the way back keeps the filter.
  const halt = its.find((record) => record.halt_id).halt_id;
  await page.goto(`${address}#/halts?sector=${busiest.sector}`);
  await page.goto(`${address}#/halts/${halt}`);
  assert.equal(await page.evaluate(() => document.activeElement.id), `record-${halt}`);
  await page.getByRole("link", { name: "Back to the halts" }).click();
  await addressHas(page, `sector=${busiest.sector}`);
  await page.goto(`${address}#/halts/there-is-none`);
  assert.match(await count(page), /^There is no record there-is-none\./);

  // Links lead to the web only, and tell nobody where they come from.
  for (const rel of await page.locator("a[href^=http]").evaluateAll((all) => all.map((link) => link.rel))) assert.match(rel, /^noopener noreferrer/);
  await page.done();

  // Charts as files: SVG and PNG.
  page = await newPage();
  await open(page, address);
  for (const [format, start] of [["SVG", "<svg xmlns"], ["PNG", "\x89PNG"]]) {
    const [picture] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: `Save as ${format}` }).first().click()]);
    assert.ok(readFileSync(await picture.path(), "latin1").startsWith(start), `the ${format} is one`);
  }
  await page.done();

  // Without scripts: figures, charts, tables, downloads with size and checksum, how to cite, where the rows are.
  page = await newPage({ javaScriptEnabled: false });
  await page.goto(address);
  for (const id of ["figures", "charts", "tables", "downloads", "cite", "method"]) assert.ok(await page.locator(`#${id}`).isVisible(), `${id} is shown without scripts`);
  assert.ok(await page.locator("#figures data").first().isVisible());
  assert.ok(await page.locator("#charts svg").first().isVisible());
  assert.match(await page.locator("#why-not").textContent(), /needs JavaScript/);
  assert.equal(await page.locator("#explorer").isVisible(), false);
  const listed = await page.locator("#downloads tbody tr").evaluateAll((all) => all.map((row) => ({
    path: row.querySelector("a").getAttribute("href"), bytes: row.querySelector("data")?.value, hash: row.querySelector("code")?.textContent,
  })));
  for (const { path, bytes, hash } of listed.filter((file) => file.hash)) {
    const content = readFileSync(join(folder, decodeURI(path)));
    assert.equal(String(content.length), bytes);
    assert.equal(createHash("sha256").update(content).digest("hex"), hash);
  }
  const resources = JSON.parse(file("datapackage.json")).resources;
  const others = new Set(resources.map((resource) => resource.path).filter((path) => path !== "index.html"));
  assert.deepEqual(new Set(listed.map((file) => decodeURI(file.path)).filter((path) => path !== "datapackage.json")), others);
  await page.done();

  // A browser that cannot unpack the data says so.
  page = await newPage();
  await page.addInitScript(() => { delete globalThis.DecompressionStream; });
  await page.goto(address);
  assert.match(await page.locator("#why-not").textContent(), /DecompressionStream/);
  assert.ok(await page.locator("#no-explorer a").first().isVisible());
  await page.done();
});
