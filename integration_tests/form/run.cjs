// Tries the forms of both connectors in Chromium: `node run.cjs [jest options]`. Makes the
// pages anew, leaves screenshots in .suites/form/out and ends with `N passed, N failed`.
const {spawnSync} = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const {chromium} = require('./chromium.cjs');

const screenshots = path.join(__dirname, '../../.suites/form/out');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'form-counts-'));
const counts = path.join(folder, 'counts.json');

/** Runs a program of Node to its end; @returns its exit code. */
function node(args, env = {}) {
  const {status} = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {...process.env, TZ: 'UTC', ...env},
  });
  return status ?? 1;
}

function tried() {
  const browser = chromium();
  fs.rmSync(screenshots, {recursive: true, force: true});
  if (node([path.join(__dirname, 'lib/main.js')]) !== 0) return 1;
  const jest = path.join(
    path.dirname(require.resolve('jest/package.json')),
    'bin/jest.js',
  );
  const config = path.join(__dirname, 'jest.config.cjs');
  return node(
    [
      ...[jest, '--config', config, '--verbose', '--json', '--outputFile', counts],
      ...process.argv.slice(2),
    ],
    {CHROMIUM: browser},
  );
}

let status = 1;
try {
  status = tried();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
}
const told = fs.existsSync(counts) ? JSON.parse(fs.readFileSync(counts, 'utf8')) : {};
fs.rmSync(folder, {recursive: true});
const {
  numPassedTests: passed = 0,
  numFailedTests = 0,
  numRuntimeErrorTestSuites = 0,
} = told;
const failed = numFailedTests + numRuntimeErrorTestSuites;
const unexplained = status !== 0 && failed === 0 ? 1 : 0;
if (fs.existsSync(screenshots)) {
  const pictures = fs.readdirSync(screenshots).length;
  process.stdout.write(
    `The form library is a stand-in for Airbyte's own; ${pictures} screenshots in .suites/form/out\n`,
  );
}
process.stdout.write(`${passed} passed, ${failed + unexplained} failed\n`);
process.exit(failed + unexplained === 0 && passed > 0 ? 0 : 1);
