// Holds a release to the validators of others and prints what they have to say, as a JSON array of texts: the document
// to its JSON Schema, CITATION.cff to that of the Citation File Format, croissant.json to what JSON-LD makes of it.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(path.join(process.env.HALTSHEET_TOOLS, 'node_modules', 'x'));
const [dir, name] = process.argv.slice(2);
const read = (file) => fs.readFileSync(path.join(dir, file), 'utf8');
const problems = [];

const Ajv = require('ajv/dist/2020').default;
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
require('ajv-formats').default(ajv);
if (!ajv.validate(JSON.parse(read(`json/${name}.schema.json`)), JSON.parse(read(`json/${name}.json`)))) {
  problems.push(...ajv.errors.map((e) => `document: ${e.instancePath} ${e.message}`));
}

try {
  (await import(pathToFileURL(path.join(process.env.HALTSHEET_TOOLS, 'node_modules/cffjs/dist/index.js')))).validateCFFFile(path.join(dir, 'CITATION.cff'));
} catch (error) {
  problems.push(`CITATION.cff: ${error.message}`);
}

const jsonld = require('jsonld');
const croissant = JSON.parse(read('croissant.json'));
const base = 'https://example.org/';
const offline = { base, documentLoader: async (url) => { throw new Error(`asks for ${url}`); }, safe: true };
const [expanded] = await jsonld.expand(croissant, offline);
const cr = (term) => `http://mlcommons.org/croissant/${term}`;
const files = new Set(expanded['https://schema.org/distribution'].map((f) => f['@id']));
const fields = new Set(expanded[cr('recordSet')].flatMap((r) => r[cr('field')].map((f) => f['@id'])));
for (const file of files) {
  if (!fs.existsSync(path.join(dir, file.slice(base.length)))) problems.push(`croissant.json: there is no file ${file}`);
}
for (const field of expanded[cr('recordSet')].flatMap((r) => r[cr('field')])) {
  const source = field[cr('source')][0];
  if (!files.has(source[cr('fileObject')][0]['@id'])) problems.push(`croissant.json: ${field['@id']} is from no file`);
  if (!source[cr('extract')][0][cr('column')]) problems.push(`croissant.json: ${field['@id']} is from no column`);
  if (!field[cr('dataType')][0]['@id'].startsWith('https://schema.org/')) problems.push(`croissant.json: ${field['@id']} has no type`);
  const target = field[cr('references')]?.[0][cr('field')][0]['@id'];
  if (target && !fields.has(target)) problems.push(`croissant.json: ${field['@id']} refers to ${target}`);
}
console.log(JSON.stringify(problems));
