import {setTimeout as sleep} from 'node:timers/promises';

import type {FullRefreshTest} from '../../config/airbyte-config';
import {accountOf, type ReadAccount} from '../../reading/account';
import {endOf, type Outcome} from '../../run/outcome';
import {wholly, type ConfiguredCatalog} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {all, unless, type Check, type Finding} from '../check';
import {missingRecords} from './subset';

/** The same read made twice, the second when the clock has left the first behind. */
interface Reads {
  readonly catalog: ConfiguredCatalog;
  readonly outcomes: readonly [Outcome, Outcome];
  readonly accounts: readonly [ReadAccount, ReadAccount];
}

/** Everything read whole, twice. */
export const REFRESH_CHECKS: readonly Check[] = [
  {
    id: 'F1',
    title: 'a second full refresh brings records again, emitted later than the first',
    ...ofReads((reads) => Promise.resolve(timeFindings(reads))),
  },
  {
    id: 'F2',
    title: 'a second full refresh brings every record of the first',
    ...ofReads(({catalog, outcomes}, test) => missingRecords(outcomes, catalog, test)),
  },
];

function ofReads(
  judge: (reads: Reads, test: FullRefreshTest) => Promise<readonly Finding[]>,
): Pick<Check, 'kinds' | 'bypass' | 'run'> {
  return {
    kinds: ['source'],
    bypass: (stage) => stage.bypassed('full_refresh'),
    run: (stage) =>
      all(stage.tests('full_refresh'), async (test) =>
        judge(await readTwice(stage, test), test),
      ),
  };
}

function readTwice(stage: Stage, test: FullRefreshTest): Promise<Reads> {
  return stage.once(`full refresh ${JSON.stringify(test)}`, async () => {
    const catalog = await catalogOf(stage, test);
    const read = () =>
      stage.read({
        configPath: test.config_path,
        catalog,
        more: test.timeout_seconds ? {timeoutSeconds: test.timeout_seconds} : {},
      });
    const first = await read();
    const before = await accountOf(first);
    await leftBehind(lastEmittedAt(before));
    const second = await read();
    return {
      catalog,
      outcomes: [first, second],
      accounts: [before, await accountOf(second)],
    };
  });
}

async function catalogOf(
  stage: Stage,
  {config_path: config, configured_catalog_path: path}: FullRefreshTest,
): Promise<ConfiguredCatalog> {
  return path === undefined
    ? wholly(await stage.streams(config))
    : (stage.document(path) as ConfiguredCatalog);
}

/** Waits for the clock, but no second longer than a clock that is right can need. */
async function leftBehind(emittedAt: number): Promise<void> {
  const waitMs = Math.min(1000, emittedAt + 1 - Date.now());
  if (waitMs > 0) await sleep(waitMs);
}

function timeFindings({outcomes, accounts}: Reads): readonly Finding[] {
  const [before, after] = accounts;
  const [last, first] = [lastEmittedAt(before), firstEmittedAt(after)];
  return [
    ...outcomes.flatMap((outcome, i) =>
      unless(outcome.exit === 0, `read ${i + 1} ${endOf(outcome)}`),
    ),
    ...accounts.flatMap(({records}, i) =>
      unless(records > 0, `read ${i + 1} brings no record`),
    ),
    ...unless(
      last < first || before.records === 0 || after.records === 0,
      `the second read emits at ${first}, the first one emitted until ${last}`,
    ),
  ];
}

function lastEmittedAt({streams}: ReadAccount): number {
  return Math.max(...[...streams.values()].map((stream) => stream.lastEmittedAt));
}

function firstEmittedAt({streams}: ReadAccount): number {
  return Math.min(...[...streams.values()].map((stream) => stream.firstEmittedAt));
}
