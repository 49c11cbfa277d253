#!/usr/bin/env node
// Prints the rows of a table of the sound destination: rows.cjs FOLDER NAMESPACE STREAM
const {Table} = require('./table.cjs');

const [folder, namespace, name] = process.argv.slice(2);
for (const row of new Table(folder, {name, namespace}).rows()) {
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
