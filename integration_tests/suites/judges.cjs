// The table of the parties whose judgement a suite rests on, with the versions that run.
const {spawnSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const {venvPython} = require('./environments.cjs');
const plan = require('./suites.json');

/** Prints one line per judge of the suite; versions are read from what is installed. */
function printJudges(home, suiteName) {
  const suite = plan.suites[suiteName];
  const rows = suite.judges.map((judge) => row(home, suite, judge));
  const width = Math.max(...rows.map(([name]) => name.length));
  process.stdout.write(`suite ${suiteName}, judged by\n`);
  for (const [name, version, from] of rows) {
    process.stdout.write(`  ${name.padEnd(width)}  ${version.padEnd(10)}  ${from}\n`);
  }
}

function row(home, suite, judge) {
  const [kind, name] = judge.includes(':')
    ? judge.split(':')
    : [suite.environment, judge];
  if (kind === 'npm') return [name, npmVersion(name), 'npm'];
  if (kind === 'download')
    return [name, plan.downloads[name].split('==')[1], 'PyPI, data only'];
  return [name, pythonVersion(home, kind, name), 'PyPI'];
}

function npmVersion(name) {
  const root = path.join(__dirname, '..', '..');
  const file = require.resolve(`${name}/package.json`, {
    paths: [path.join(root, 'destination-unity')],
  });
  return JSON.parse(fs.readFileSync(file, 'utf8')).version;
}

function pythonVersion(home, environment, name) {
  const ask = `import importlib.metadata as m; print(m.version('${name}'))`;
  const {stdout} = spawnSync(venvPython(home, environment), ['-c', ask], {
    encoding: 'utf8',
  });
  return stdout.trim();
}

module.exports = {printJudges};
