// The engine that is a folder, read by DuckDB's delta extension out of PyPI.
const fs = require('node:fs');
const path = require('node:path');

const {environment} = require('../suites/environments.cjs');

const ENVIRONMENT = 'readers';

function openLocal({home, work}) {
  environment(home, ENVIRONMENT);
  const deltaExtension = extensionIn(path.join(home, 'environments', ENVIRONMENT));
  return {
    description: `Delta tables in a folder, read by ${path.basename(deltaExtension)}`,
    setting: {name: 'local', folder: path.join(work, 'lake'), deltaExtension},
    close: () => undefined,
  };
}

function extensionIn(folder) {
  const found = fs
    .readdirSync(folder, {recursive: true})
    .find((name) => path.basename(name) === 'delta.duckdb_extension');
  if (found !== undefined) return path.join(folder, found);
  throw new Error(`There is no delta extension of DuckDB in ${folder}.`);
}

module.exports = {openLocal};
