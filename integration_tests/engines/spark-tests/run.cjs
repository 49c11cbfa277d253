// Tries the bridge, and facts the destination relies on, on real Spark: `node run.cjs
// [jest options]`. Installs Spark into .suites/ (once) and ends with `N passed, N failed`.
const {spawnSync} = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spark-counts-'));
const counts = path.join(folder, 'counts.json');
const jest = path.join(
  path.dirname(require.resolve('jest/package.json')),
  'bin/jest.js',
);
const config = path.join(__dirname, 'jest.config.cjs');

const {status} = spawnSync(
  process.execPath,
  [
    ...[jest, '--config', config, '--verbose', '--json', '--outputFile', counts],
    ...process.argv.slice(2),
  ],
  {stdio: ['ignore', 'ignore', 'inherit'], env: {...process.env, TZ: 'UTC'}},
);

const told = fs.existsSync(counts) ? JSON.parse(fs.readFileSync(counts, 'utf8')) : {};
fs.rmSync(folder, {recursive: true});
const {
  numPassedTests: passed = 0,
  numFailedTests = 0,
  numRuntimeErrorTestSuites = 0,
} = told;
const failed = numFailedTests + numRuntimeErrorTestSuites;
const unexplained = status !== 0 && failed === 0 ? 1 : 0;
process.stdout.write(`${passed} passed, ${failed + unexplained} failed\n`);
process.exit(failed + unexplained === 0 && passed > 0 ? 0 : 1);
