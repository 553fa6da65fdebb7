// Prints the rows below row 6 of a worksheet, cells by tabs: texts in quotes, days in ISO 8601, numbers bare.
import { createRequire } from "node:module";
const ExcelJS = createRequire(process.env.HALTSHEET_TOOLS + "/")("exceljs");

function plain(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return '"' + value.replaceAll('"', '""') + '"';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return JSON.stringify(value);
}

const [, , file, name] = process.argv;
const book = new ExcelJS.stream.xlsx.WorkbookReader(file, { worksheets: "emit", sharedStrings: "cache", styles: "cache" });
for await (const sheet of book) {
  if (sheet.name !== name) continue;
  let columns = 0;
  for await (const row of sheet) {
    if (row.number === 6) columns = row.cellCount;
    if (row.number <= 6) continue;
    const cells = [];
    for (let column = 1; column <= columns; column++) cells.push(plain(row.getCell(column).value));
    process.stdout.write(cells.join("\t") + "\n");
  }
}
