// One table of every foreign party, of what it judged in the last run of each suite, and how
// that went: `node table.cjs`. Suites that were not run are named below it.
const fs = require('node:fs');
const path = require('node:path');

const plan = require('./suites.json');

const work = path.join(__dirname, '..', '..', '.suites', 'work');
const HEAD = ['suite', 'judge', 'version', 'licence', 'judge of', 'passed', 'failed'];

function main() {
  const names = Object.keys(plan.suites);
  const run = names.filter((name) => fs.existsSync(account(name)));
  print([HEAD, ...run.flatMap(rowsOf)]);
  const totals = run.map((name) => read(name).counts);
  const sum = (key) => totals.reduce((total, counts) => total + counts[key], 0);
  const left = names.filter((name) => !run.includes(name));
  process.stdout.write(
    `A check that rests on two parties stands with both. In all ${run.length} suites: ` +
      `${sum('passed')} checks passed, ${sum('failed')} failed.\n` +
      (left.length > 0 ? `Not run: ${left.join(', ')}.\n` : ''),
  );
}

/** What run.cjs leaves of a suite's last run. */
function account(suite) {
  return path.join(work, suite, 'account.json');
}

function read(suite) {
  return JSON.parse(fs.readFileSync(account(suite), 'utf8'));
}

function rowsOf(suite) {
  const {judges, counts} = read(suite);
  if (judges.length === 0) return [[suite, 'could not begin', '', '', '', '0', '1']];
  return judges.map(({name, version, licence, of, files}) => {
    const {passed, failed} = restingOn(files, counts);
    return [suite, name, version, licence, of, String(passed), String(failed)];
  });
}

/** A run that ended before its checks were told apart counts for each of its judges. */
function restingOn(files, counts) {
  const byFile = counts.by_file;
  if (files === undefined || byFile === undefined) return counts;
  const found = files.map((file) => byFile[file] ?? {passed: 0, failed: 0});
  return {
    passed: found.reduce((total, {passed}) => total + passed, 0),
    failed: found.reduce((total, {failed}) => total + failed, 0),
  };
}

function print(rows) {
  const widths = HEAD.map((_, column) =>
    Math.max(...rows.map((row) => row[column].length)),
  );
  for (const row of rows) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column]));
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
}

main();
