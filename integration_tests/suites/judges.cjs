// The parties whose judgement a suite rests on, with the versions that run.
const {spawnSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const {venvPython} = require('./environments.cjs');
const plan = require('./suites.json');

/**
 * One entry per judge of the suite: name, version and licence as installed, where it comes
 * from, of what it is the judge, and the files of the checks that rest on it.
 */
function judgesOf(home, suiteName) {
  const suite = plan.suites[suiteName];
  return Object.entries(suite.judges).map(([judge, {of, in: files}]) => {
    const [kind, name] = judge.includes(':')
      ? judge.split(':')
      : [suite.environment, judge];
    return {name, ...installed(home, kind, name), of, files};
  });
}

/** Prints one line per judge of the suite. */
function printJudges(suiteName, judges) {
  const width = Math.max(...judges.map(({name}) => name.length));
  process.stdout.write(`suite ${suiteName}, judged by\n`);
  for (const {name, version, from} of judges) {
    process.stdout.write(`  ${name.padEnd(width)}  ${version.padEnd(10)}  ${from}\n`);
  }
}

function installed(home, kind, name) {
  if (kind === 'npm') return {...npmPackage(name), from: 'npm'};
  if (kind === 'download') return {...downloaded(home, name), from: 'PyPI, data only'};
  return {...pythonPackage(home, kind, name), from: 'PyPI'};
}

function npmPackage(name) {
  const root = path.join(__dirname, '..', '..');
  const file = require.resolve(`${name}/package.json`, {
    paths: [path.join(root, 'destination-unity')],
  });
  const {version, license} = JSON.parse(fs.readFileSync(file, 'utf8'));
  return {version, licence: license};
}

function downloaded(home, name) {
  const folder = path.join(home, 'downloads', name);
  const facts = fs.readdirSync(folder).find((entry) => entry.endsWith('.dist-info'));
  return factsOf(fs.readFileSync(path.join(folder, facts, 'METADATA'), 'utf8'));
}

function pythonPackage(home, environment, name) {
  const {stdout} = spawnSync(venvPython(home, environment), ['-c', FACTS, name], {
    encoding: 'utf8',
  });
  const {metadata, licence} = JSON.parse(stdout);
  return factsOf(metadata, licence);
}

/** A package's account of itself, and the first words of its licence. */
const FACTS = `
import importlib.metadata, json, sys
found = importlib.metadata.distribution(sys.argv[1])
texts = [file.read_text() for file in found.files or [] if "LICENSE" in file.name.upper()]
words = texts[0].strip("# \\n").splitlines()[0] if texts else "not named"
print(json.dumps({"metadata": found.read_text("METADATA"), "licence": words}))
`;

/** Version and licence; a package that does not name its licence has it in a file. */
function factsOf(metadata, inFile = 'not named') {
  const version = /^Version: (.+)$/m.exec(metadata)[1];
  const named =
    /^License-Expression: (.+)$/m.exec(metadata) ??
    /^License: (?!UNKNOWN)(.{1,20})$/m.exec(metadata) ??
    /^Classifier: License :: OSI Approved :: (.+)$/m.exec(metadata);
  return {version, licence: named?.[1] ?? inFile};
}

module.exports = {judgesOf, printJudges};
