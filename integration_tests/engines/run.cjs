// Runs the suite of behaviours: `node run.cjs [--engine local|spark|databricks] [jest options]`.
// Installs what the engine needs into .suites/ (once), and ends with `N passed, N failed`.
const {spawn} = require('node:child_process');
const {once} = require('node:events');
const fs = require('node:fs');
const path = require('node:path');

const {openLocal} = require('./run-local.cjs');
const {openDatabricks} = require('./run-databricks.cjs');
const {openSpark} = require('./run-spark.cjs');

const root = path.join(__dirname, '..', '..');
const home = path.join(root, '.suites');

const ENGINES = {local: openLocal, spark: openSpark, databricks: openDatabricks};

async function main(args) {
  const [name, jestOptions] = engineOf(args);
  const work = path.join(home, 'work', `behaviours-${name}`);
  fs.rmSync(work, {recursive: true, force: true});
  fs.mkdirSync(work, {recursive: true});
  const engine = await opened(name, {home, work});
  if (engine.notRun !== undefined) {
    process.stdout.write(`${name}: not run (${engine.notRun})\n`);
    return;
  }
  process.stdout.write(`behaviours on ${engine.description}\n`);
  const counted = await runJest(engine.setting, {
    counts: path.join(work, 'counts.json'),
    jestOptions,
  });
  const faults = (await engine.close()) ?? 0;
  finish({...counted, failed: counted.failed + faults});
}

/** Takes `--engine NAME` out of the arguments. */
function engineOf(args) {
  const at = args.indexOf('--engine');
  const name = at < 0 ? 'local' : args[at + 1];
  if (!(name in ENGINES))
    stop(`Name one of the engines: ${Object.keys(ENGINES).join(', ')}.`);
  return [name, at < 0 ? args : [...args.slice(0, at), ...args.slice(at + 2)]];
}

async function opened(name, folders) {
  try {
    return await ENGINES[name](folders);
  } catch (error) {
    return stop(error.message);
  }
}

/**
 * One file at a time: the figures of time mean something, and one engine serves all. The
 * process stays free meanwhile: an engine may live in it.
 */
async function runJest(setting, {counts, jestOptions}) {
  const jest = path.join(
    path.dirname(require.resolve('jest/package.json')),
    'bin/jest.js',
  );
  const config = path.join(__dirname, 'jest.behaviours.cjs');
  const output = ['--json', '--outputFile', counts, '--verbose'];
  const child = spawn(
    process.execPath,
    [jest, '--config', config, '--runInBand', ...output, ...jestOptions],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {...process.env, TZ: 'UTC', BEHAVIOURS_ENGINE: JSON.stringify(setting)},
    },
  );
  const [status] = await once(child, 'close');
  return countsOf(status, counts);
}

/** Tests that were skipped have shown nothing: they count as failed. */
function countsOf(status, file) {
  if (!fs.existsSync(file)) return {passed: 0, failed: 1};
  const told = JSON.parse(fs.readFileSync(file, 'utf8'));
  const passed = told.numPassedTests;
  const failed =
    told.numFailedTests +
    told.numPendingTests +
    told.numTodoTests +
    told.numRuntimeErrorTestSuites;
  return {passed, failed: status === 0 || failed > 0 ? failed : 1};
}

function finish({passed, failed}) {
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

function stop(reason) {
  process.stderr.write(`${reason}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exit(1);
}

void main(process.argv.slice(2));
