// Makes one Python environment of suites.json by its name and prints the path of its
// interpreter: `node install.cjs NAME`. Fails with the reason where there is no Python.
const path = require('node:path');

const {environment, venvPython} = require('./environments.cjs');

const home = path.join(__dirname, '..', '..', '.suites');
const name = process.argv[2] ?? '';
try {
  environment(home, name);
  process.stdout.write(`${venvPython(home, name)}\n`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
