// Prints what the page of a folder says: its summary tables, its key figures, and the cells of its records.
import { addressIn, browse, open } from "./browser.mjs";

await browse(async (newPage) => {
  const page = await newPage();
  await open(page, addressIn(process.argv[2]));
  const said = await page.evaluate(() => ({
    summaries: Object.fromEntries([...document.querySelectorAll("table[data-table]")].map((table) => [table.dataset.table, {
      columns: [...table.tHead.rows[0].cells].map((cell) => cell.textContent),
      rows: [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.querySelector("data")?.value ?? cell.querySelector("time")?.dateTime ?? "")),
    }])),
    figures: Object.fromEntries([...document.querySelectorAll("#figures data")].map((data, i) => [i, data.value])),
    tables: Object.fromEntries(Object.entries(tables).map(([name, { columns, cells }]) => [name, { columns: columns.map((column) => column.name), cells }])),
  }));
  process.stdout.write(JSON.stringify(said));
  await page.done();
});
