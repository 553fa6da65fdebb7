// Prints the cells below row 6 of every worksheet as JSON: {sheet: [[cell]]}. Days are ISO 8601.
import { createRequire } from "node:module";
const ExcelJS = createRequire(process.env.HALTSHEET_TOOLS + "/")("exceljs");

function plain(value) {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (value && typeof value === "object") {
    if ("result" in value || "formula" in value || "sharedFormula" in value) return value.result === undefined ? 0 : plain(value.result);
    if ("text" in value) return plain(value.text);
    if ("richText" in value) return value.richText.map((run) => run.text).join("");
  }
  return value ?? null;
}

const book = new ExcelJS.Workbook();
await book.xlsx.readFile(process.argv[2]);
const sheets = {};
for (const sheet of book.worksheets) {
  sheets[sheet.name] = [];
  for (let row = 7; row <= sheet.rowCount; row++) {
    const cells = [];
    for (let column = 1; column <= sheet.columnCount; column++) cells.push(plain(sheet.getRow(row).getCell(column).value));
    sheets[sheet.name].push(cells);
  }
}
process.stdout.write(JSON.stringify(sheets));
