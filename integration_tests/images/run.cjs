// `npm run suite:images [-- --no-build] [-- --only NAME,...]`: builds both images without a
// daemon, proves what they promise as a user would run them, and ends with the line
// `N passed, N failed`. Everything it makes stays below .suites/images.
const {build, CONNECTORS, describe, imageOf} = require('./build.cjs');
const {composeChecks} = require('./compose-checks.cjs');
const {contractChecks} = require('./contract-checks.cjs');
const {billChecks} = require('./bill-checks.cjs');
const {surroundingsChecks} = require('./surroundings-checks.cjs');
const {syncChecks} = require('./sync-checks.cjs');
const {megabytes} = require('./podman.cjs');
const {check, counts, expect, say} = require('./report.cjs');
const {prepare} = require('./tools.cjs');
const {warehouseChecks} = require('./warehouse-checks.cjs');

async function main(args) {
  try {
    prepare();
    for (const connector of Object.keys(CONNECTORS)) {
      if (args.includes('--no-build')) continue;
      await check(`build ${imageOf(connector)}`, () => build(connector));
    }
    if (counts.failed === 0) await checkAll(partsOf(args));
  } catch (error) {
    counts.failed += 1;
    say(`FAIL ${error.message}`);
  }
  say(`${counts.passed} passed, ${counts.failed} failed`);
  process.exit(counts.failed === 0 ? 0 : 1);
}

const PARTS = {
  sizes: () => eachConnector(sizeCheck),
  contract: () => eachConnector(contractChecks),
  bill: () => eachConnector(billChecks),
  syncs: syncChecks,
  surroundings: surroundingsChecks,
  warehouse: warehouseChecks,
  compose: composeChecks,
};

/** The parts named behind --only, or all. */
function partsOf(args) {
  const at = args.indexOf('--only');
  return at < 0 ? Object.keys(PARTS) : args[at + 1].split(',');
}

async function checkAll(parts) {
  for (const part of parts) await PARTS[part]();
}

async function eachConnector(act) {
  for (const connector of Object.keys(CONNECTORS)) await act(connector);
}

async function sizeCheck(connector) {
  const {limitBytes} = CONNECTORS[connector];
  await check(`${connector}: size`, () => {
    const aboveBase = describe(connector);
    expect(
      aboveBase <= limitBytes,
      `at most ${megabytes(limitBytes)}`,
      megabytes(aboveBase),
    );
    return `${megabytes(aboveBase)} above the base`;
  });
}

void main(process.argv.slice(2));
