import type {OwnConfig} from '../../config/own-config';
import {accountOf} from '../../reading/account';
import {endOf, type Outcome} from '../../run/outcome';
import type {Stage} from '../../stage/stage';
import {error, unless, type Check, type Finding} from '../check';
import {sameRecords} from './compare';
import {freshRead} from './reads';
import {byContent} from './record-digests';

type Determinism = NonNullable<OwnConfig['determinism']>;

const MEGABYTE = 1 << 20;

/** X10: nothing but the server decides what is read, and it costs what it may. */
export const DETERMINISM: Check = {
  id: 'X10',
  title: 'the same read twice brings the same records, within memory and time',
  kinds: ['source'],
  bypass: ({plan}) =>
    plan.own.determinism === undefined ? 'the plan names no config for it' : undefined,
  run: async (stage) => {
    const {determinism} = stage.plan.own;
    return determinism === undefined ? [] : judged(stage, determinism);
  },
};

async function judged(
  stage: Stage,
  determinism: Determinism,
): Promise<readonly Finding[]> {
  const {config_path: configPath, ignored_fields: ignored} = determinism;
  const {catalog, outcome: first} = await freshRead(stage, configPath);
  const second = await stage.read({configPath, catalog});
  const failed = [first, second].find(({exit}) => exit !== 0);
  if (failed !== undefined) return [error(`a read ${endOf(failed)}`)];
  return [
    ...(await sameRecords(second, {outcome: first, identify: byContent(ignored)})),
    ...(await budget(second, determinism)),
  ];
}

async function budget(
  outcome: Outcome,
  {max_rss_mb: maxMb, min_records_per_second: minRate}: Determinism,
): Promise<readonly Finding[]> {
  const {records} = await accountOf(outcome);
  const mb = outcome.peakRssBytes / MEGABYTE;
  const rate = records / outcome.seconds;
  return [
    ...unless(mb <= maxMb, `${mb.toFixed(0)} MB of memory, ${maxMb} MB may be`),
    ...unless(
      rate >= minRate,
      `${rate.toFixed(0)} records a second, ${minRate} must be`,
    ),
  ];
}
