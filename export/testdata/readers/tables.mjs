// Reads all files of one format with one reader: node tables.mjs READER FORMAT FOLDER HEADER
//
// Prints JSON: {version, tables: {file or sheet: {columns, rows}}}. Days are in ISO 8601, decimals are texts where the reader has them exact,
// lists are lists. Of a worksheet, HEADER is the row of the column titles, counted from 1.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const modules = path.join(process.env.HALTSHEET_TOOLS, 'node_modules');
const require = createRequire(path.join(modules, 'x'));
const [reader, format, folder] = process.argv.slice(2);
const header = Number(process.argv[5]);
const place = { parquet: 'parquet', jsonl: 'json', csv: 'csv', xlsx: '.' }[format];
const files = fs.readdirSync(path.join(folder, place)).filter((name) => name.endsWith(`.${format}`)).map((name) => path.join(folder, place, name));
const stem = (file) => path.basename(file, `.${format}`);
const day = (date) => date.toISOString().slice(0, 10);

async function byDuckDB() {
  const { DuckDBInstance } = require('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const tables = {};
  for (const file of files) {
    const read = await connection.runAndReadAll(`SELECT * FROM read_parquet('${file.replaceAll("'", "''")}')`);
    tables[stem(file)] = { columns: read.columnNames(), rows: read.getRowsJson() };
  }
  return tables;
}

async function byHyparquet() {
  const load = (name) => import(pathToFileURL(require.resolve(name)));
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } = await load('hyparquet');
  const { compressors } = await load('hyparquet-compressors');
  const plain = (value) => (typeof value === 'bigint' ? Number(value) : value instanceof Date ? day(value) : value ?? null);
  const tables = {};
  for (const name of files) {
    const file = await asyncBufferFromFile(name);
    const columns = parquetSchema(await parquetMetadataAsync(file)).children.map((c) => c.element.name);
    const rows = (await parquetReadObjects({ file, compressors })).map((row) => columns.map((column) => plain(row[column])));
    tables[stem(name)] = { columns, rows };
  }
  return tables;
}

async function byExcelJS() {
  const ExcelJS = require('exceljs');
  function plain(value) {
    if (value instanceof Date) return day(value);
    if (value && typeof value === 'object') {
      if ('result' in value || 'formula' in value || 'sharedFormula' in value) return value.result === undefined ? 0 : plain(value.result);
      if ('text' in value) return plain(value.text);
      if ('richText' in value) return value.richText.map((run) => run.text).join('');
    }
    return value ?? null;
  }
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(files[0]);
  const cells = (sheet, row) => Array.from({ length: sheet.columnCount }, (_, i) => plain(sheet.getRow(row).getCell(i + 1).value));
  return sheets(book.worksheets.map((sheet) => [sheet.name, Array.from({ length: sheet.rowCount }, (_, i) => cells(sheet, i + 1))]));
}

async function bySheetJS() {
  const XLSX = require('xlsx');
  const book = XLSX.readFile(files[0], { cellNF: true });
  const plain = (cell) => (!cell ? null : cell.t === 'n' && cell.z === 'yyyy-mm-dd' ? XLSX.SSF.format('yyyy-mm-dd', cell.v) : cell.v);
  return sheets(book.SheetNames.map((name) => {
    const { e } = XLSX.utils.decode_range(book.Sheets[name]['!ref']);
    const cells = (r) => Array.from({ length: e.c + 1 }, (_, c) => plain(book.Sheets[name][XLSX.utils.encode_cell({ r, c })]));
    return [name, Array.from({ length: e.r + 1 }, (_, r) => cells(r))];
  }));
}

// The tables of worksheets, which are given as all of their rows.
function sheets(given) {
  return Object.fromEntries(given.filter(([, rows]) => rows.length >= header).map(([name, rows]) => [name, { columns: rows[header - 1], rows: rows.slice(header) }]));
}

const [by, name] = {
  'duckdb for node': [byDuckDB, '@duckdb/node-api'],
  hyparquet: [byHyparquet, 'hyparquet'],
  exceljs: [byExcelJS, 'exceljs'],
  sheetjs: [bySheetJS, 'xlsx'],
}[reader];
const { version } = JSON.parse(fs.readFileSync(path.join(modules, name, 'package.json')));
process.stdout.write(JSON.stringify({ version, tables: await by() }));
