// Reads a Data Package as the library datapackage does: prints what it has to say against it, and how many rows it read of each table.
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.env.HALTSHEET_TOOLS, 'node_modules', 'x'));
const { Package } = require('datapackage');

process.chdir(process.argv[2]);
const dataPackage = await Package.load('datapackage.json');
const read = { said: dataPackage.errors.map((e) => e.message), rows: { datapackage: {} } };
for (const resource of dataPackage.resources) {
  const { format, schema } = resource.descriptor;
  if (format === 'csv' && schema) read.rows.datapackage[resource.name] = (await resource.read({ keyed: true })).length;
}
console.log(JSON.stringify(read));
