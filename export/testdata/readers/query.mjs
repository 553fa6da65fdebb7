// Asks DuckDB a query and prints the rows as JSON.
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.env.HALTSHEET_TOOLS, 'node_modules', 'x'));
const { DuckDBInstance } = require('@duckdb/node-api');

const connection = await (await DuckDBInstance.create(':memory:')).connect();
console.log(JSON.stringify((await connection.runAndReadAll(process.argv[2])).getRowObjectsJson()));
