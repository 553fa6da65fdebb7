// Reads Parquet with hyparquet and prints it as JSON: for each file {columns: [name], rows: [...]}.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(path.join(process.env.HALTSHEET_TOOLS, 'node_modules', 'x'));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } = await load('hyparquet');
const { compressors } = await load('hyparquet-compressors');

const plain = (value) => {
  if (typeof value === 'bigint') return Number(value);
  
  return value === undefined ? null : value;
};
const result = {};
for (const name of process.argv.slice(2)) {
  const file = await asyncBufferFromFile(name);
  const columns = parquetSchema(await parquetMetadataAsync(file)).children.map((c) => c.element.name);
  result[name] = { columns, rows: await parquetReadObjects({ file, compressors }) };
}
console.log(JSON.stringify(result, (_, value) => plain(value)));
