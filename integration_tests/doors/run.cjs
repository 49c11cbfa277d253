// `npm run suite:doors [-- --only NAME,...]`: source-pi before every door that stands before
// a PI Web API, each a real part, with the simulator as the plant behind it. Ends with the
// line `N passed, N failed`.
const fs = require('node:fs');
const path = require('node:path');

const {openGround} = require('./ground.cjs');
const {check, counts, say} = require('../images/report.cjs');

const SUFFIX = '-checks.cjs';

async function main(args) {
  const at = args.indexOf('--only');
  const doors = at < 0 ? allDoors() : args[at + 1].split(',');
  for (const door of doors) await checkDoor(door);
  say(`${counts.passed} passed, ${counts.failed} failed`);
  process.exit(counts.failed === 0 ? 0 : 1);
}

function allDoors() {
  return fs
    .readdirSync(__dirname)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .sort();
}

async function checkDoor(door) {
  const {checks, open, close} = require(path.join(__dirname, `${door}${SUFFIX}`));
  const ground = await openGround(door);
  try {
    await open?.(ground);
    for (const {title, run} of checks)
      await check(`${door}: ${title}`, () => run(ground));
  } catch (error) {
    counts.failed += 1;
    say(`FAIL ${door}: ${error.stack}`);
  } finally {
    await close?.(ground);
    await ground.close();
  }
}

void main(process.argv.slice(2));
