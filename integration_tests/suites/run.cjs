// Runs one suite of foreign judges by its name in suites.json: `node run.cjs NAME [pytest
// options]`. Installs what is pinned there into .suites/ (once; afterwards no network is
// used), runs the checks with pytest and ends with the line `N passed, N failed`.
const {spawnSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const {environment, download, venvPython} = require('./environments.cjs');
const {imagesSurroundings} = require('./images.cjs');
const {judgesOf, printJudges} = require('./judges.cjs');
const plan = require('./suites.json');

const home = path.join(__dirname, '..', '..', '.suites');

function main([name, ...pytestOptions]) {
  const suite = plan.suites[name];
  if (suite === undefined) {
    stop(`Name one of the suites: ${Object.keys(plan.suites).join(', ')}.`);
  }
  const work = emptied(path.join(home, 'work', name));
  let ready;
  try {
    ready = prepare(name, suite);
  } catch (error) {
    account(work, {judges: [], counts: {passed: 0, failed: 1}});
    stop(error.message);
  }
  const options = [...(suite.options ?? []), ...pytestOptions];
  const counts = runChecks([name, ...options], suite, {work, env: ready.env});
  account(work, {judges: ready.judges, counts});
  finish(counts);
}

/** Installs what is missing and tells who judges. */
function prepare(name, suite) {
  const environments = [suite.environment, ...(suite.beside ?? [])];
  for (const each of environments) environment(home, each);
  for (const each of suite.downloads ?? []) download(home, each, suite.environment);
  const judges = judgesOf(home, name);
  printJudges(name, judges);
  return {judges, env: imagesSurroundings(suite.images ?? [])};
}

/** @returns what the checks counted; a run that could not begin counts as one failure. */
function runChecks(asked, suite, {work, env}) {
  const counts = path.join(work, 'counts.json');
  const {status} = spawnSync(
    venvPython(home, suite.environment),
    ['-m', 'pytest', '-p', 'no:cacheprovider', ...asked],
    {cwd: __dirname, stdio: 'inherit', env: {...surroundings(work, counts), ...env}},
  );
  const found = fs.existsSync(counts)
    ? JSON.parse(fs.readFileSync(counts, 'utf8'))
    : {passed: 0, failed: 0};
  const unexplained = found.failed === 0 && (status !== 0 || found.passed === 0);
  return unexplained ? {...found, failed: 1} : found;
}

/** For the table of all suites, see table.cjs. */
function account(work, told) {
  fs.writeFileSync(path.join(work, 'account.json'), JSON.stringify(told));
}

function emptied(folder) {
  fs.rmSync(folder, {recursive: true, force: true});
  fs.mkdirSync(folder, {recursive: true});
  return folder;
}

/** What the checks may know of the outside: no address beyond the loopback can be reached. */
function surroundings(work, counts) {
  const nowhere = 'http://127.0.0.1:9';
  return {
    ...process.env,
    SUITES_HOME: home,
    SUITES_WORK: work,
    SUITES_COUNTS: counts,
    PYTHONDONTWRITEBYTECODE: '1',
    TZ: 'UTC',
    NO_COLOR: '1',
    // Read by PyAirbyte while it is imported.
    AIRBYTE_OFFLINE_MODE: '1',
    DO_NOT_TRACK: '1',
    AIRBYTE_LOGGING_ROOT: path.join(work, 'logs'),
    AIRBYTE_TEMP_DIR: work,
    AIRBYTE_PROJECT_DIR: work,
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    http_proxy: nowhere,
    https_proxy: nowhere,
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
  };
}

function finish({passed, failed}) {
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exit(failed === 0 ? 0 : 1);
}

function stop(reason) {
  process.stderr.write(`${reason}\n`);
  finish({passed: 0, failed: 1});
}

main(process.argv.slice(2));
