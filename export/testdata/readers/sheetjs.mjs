// Prints the cells below row 6 of every worksheet as JSON: {sheet: [[cell]]}. Days are ISO 8601.
import { createRequire } from "node:module";
const XLSX = createRequire(process.env.HALTSHEET_TOOLS + "/")("xlsx");

const book = XLSX.readFile(process.argv[2], { cellNF: true });
const sheets = {};
for (const name of book.SheetNames) {
  const sheet = book.Sheets[name];
  const range = XLSX.utils.decode_range(sheet["!ref"]);
  sheets[name] = [];
  for (let row = 6; row <= range.e.r; row++) {
    const cells = [];
    for (let column = 0; column <= range.e.c; column++) {
      const cell = sheet[XLSX.utils.encode_cell({ r: row, c: column })];
      const isDay = cell && cell.t === "n" && cell.z === "yyyy-mm-dd";
      cells.push(!cell ? null : isDay ? XLSX.SSF.format("yyyy-mm-dd", cell.v) : cell.v);
    }
    sheets[name].push(cells);
  }
}
process.stdout.write(JSON.stringify(sheets));
