// `npm run suite:doors [-- --only NAME,...]`: source-pi before every door that stands before
// a PI Web API, each a real part, with the simulator as the plant behind it. Ends with the
// line `N passed, N failed`.
const fs = require('node:fs');
const path = require('node:path');

const {Provoked} = require('./diagnosis.cjs');
const {openGround} = require('./ground.cjs');
const {check, counts, expect, say} = require('../images/report.cjs');

const SUFFIX = '-checks.cjs';
/** Rows that are not provoked on real parts, with what shows them instead. */
const WORDS = 'by the words of MIT’s library alone: kerberos-failure.test.ts';
const NAMES =
  'a KDC that nobody knows: told where name servers can be asked, or cannot';
const ELSEWHERE = {
  KERBEROS_NO_TICKET: WORDS,
  KERBEROS_NOT_ALLOWED: WORDS,
  KERBEROS_OTHER_REALM: WORDS,
  KERBEROS_MODULE_MISSING: 'the module is installed here: kerberos-library.test.ts',
  KERBEROS_CLOCK_HERE: WORDS,
  KERBEROS_TICKET_ENDED: WORDS,
  KERBEROS_KDC_UNFORESEEN: WORDS,
  KERBEROS_TICKET_TOO_OLD: WORDS,
  KERBEROS_REPLAYED: WORDS,
  KERBEROS_SERVER_UNFORESEEN: WORDS,
  KERBEROS_KDC_UNKNOWN: NAMES,
  KERBEROS_KDC_UNREACHABLE: NAMES,
};

async function main(args) {
  const at = args.indexOf('--only');
  const doors = at < 0 ? allDoors() : args[at + 1].split(',');
  const provoked = new Provoked();
  for (const door of doors) await checkDoor(door, provoked);
  await showDiagnosis(provoked, at < 0);
  say(`${counts.passed} passed, ${counts.failed} failed`);
  process.exit(counts.failed === 0 ? 0 : 1);
}

/** The table of what a check may say, and what provoked each row here. */
async function showDiagnosis(provoked, areAll) {
  const rows = provoked.rows();
  for (const {id, layer, check: by} of rows)
    say(`     ${layer} | ${id} | ${by ?? ELSEWHERE[id] ?? '-'}`);
  if (!areAll) return;
  await check('every row of the diagnosis was provoked, or says why not here', () => {
    const missing = rows.filter(({id, check: by}) => !by && !ELSEWHERE[id]);
    expect(missing.length === 0, 'no row is left', missing);
    return `${rows.filter(({check: by}) => by).length} of ${rows.length}`;
  });
}

function allDoors() {
  return fs
    .readdirSync(__dirname)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .sort();
}

async function checkDoor(door, provoked) {
  const {checks, open, close} = require(path.join(__dirname, `${door}${SUFFIX}`));
  const ground = await openGround(door, provoked);
  try {
    await open?.(ground);
    for (const {title, run} of checks) {
      provoked.check = `${door}: ${title}`;
      await check(provoked.check, () => run(ground));
    }
  } catch (error) {
    counts.failed += 1;
    say(`FAIL ${door}: ${error.stack}`);
  } finally {
    await close?.(ground);
    await ground.close();
  }
}

void main(process.argv.slice(2));
