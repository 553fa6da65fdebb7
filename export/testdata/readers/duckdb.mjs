// Reads Parquet with DuckDB and prints it as JSON: for each file or glob {columns: {name: type}, rows: [...]}, where
// rows are as DuckDB's own JSON has them with decimals as text.
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.env.HALTSHEET_TOOLS, 'node_modules', 'x'));
const { DuckDBInstance } = require('@duckdb/node-api');

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const read = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
const result = {};
for (const file of process.argv.slice(2)) {
  const source = `read_parquet('${file.replaceAll("'", "''")}')`;
  const described = await read(`DESCRIBE SELECT * FROM ${source}`);
  result[file] = {
    columns: Object.fromEntries(described.map((c) => [c.column_name, c.column_type])),
    rows: await read(`SELECT * FROM ${source}`),
  };
}
console.log(JSON.stringify(result));
