import {accountOf, type StatusFact, type StreamAccount} from '../../reading/account';
import {endOf} from '../../run/outcome';
import {wholly} from '../../stage/catalog';
import type {Run, Stage} from '../../stage/stage';
import {all, error, unless, type Check, type Finding} from '../check';
import {accountOfRun, isBasicRead} from './runs';

/** What may follow a status; undefined is the beginning. */
const NEXT = new Map<unknown, readonly unknown[]>([
  [undefined, ['STARTED']],
  ['STARTED', ['RUNNING', 'COMPLETE', 'INCOMPLETE']],
  ['RUNNING', ['RUNNING', 'COMPLETE', 'INCOMPLETE']],
]);

/** X7: a stream's statuses tell its story in order, waiting for the server included. */
export const STATUSES: Check = {
  id: 'X7',
  title: 'statuses of all reads follow one another rightly and tell of rate limits',
  kinds: ['source'],
  run: async (stage) => {
    const limited = await rateLimited(stage);
    const reads = stage.runs.filter(({command}) => command.command === 'read');
    return [...limited, ...(await all(reads, (run) => transitions(stage, run)))];
  },
};

async function transitions(stage: Stage, run: Run): Promise<readonly Finding[]> {
  if (isBasicRead(stage, run)) return [];
  const {streams} = await accountOfRun(stage, run);
  return [...streams.values()].flatMap(({name, statuses}) => [
    ...statuses.flatMap(({status}, i) => {
      const before = statuses[i - 1]?.status;
      return unless(
        NEXT.get(before)?.includes(status) ?? false,
        `${name}: ${told(status)} after ${told(before)}`,
      );
    }),
    ...reasonFindings(name, statuses),
  ]);
}

function reasonFindings(
  name: string,
  statuses: readonly StatusFact[],
): readonly Finding[] {
  const odd = statuses.find((fact) => hasReasons(fact) && fact.status !== 'RUNNING');
  return odd === undefined
    ? []
    : [error(`${name}: ${String(odd.status)} has reasons, which only RUNNING has`)];
}

async function rateLimited(stage: Stage): Promise<readonly Finding[]> {
  const configPath = stage.plan.own.rate_limited?.config_path;
  if (configPath === undefined) return [];
  const catalog = wholly(await stage.streams(configPath));
  const outcome = await stage.read({configPath, catalog});
  const {streams} = await accountOf(outcome);
  const limited = [...streams.values()].filter(({statuses}) =>
    statuses.some(isLimited),
  );
  return [
    ...unless(outcome.exit === 0, `the rate-limited read ${endOf(outcome)}`),
    ...unless(limited.length > 0, 'no RUNNING tells of a rate limit (RATE_LIMITED)'),
    ...limited.flatMap(({name, statuses}) =>
      unless(
        isRunningAgain(statuses),
        `${name}: no RUNNING without reasons after the last rate limit`,
      ),
    ),
  ];
}

function isRunningAgain(statuses: StreamAccount['statuses']): boolean {
  const last = statuses.findLastIndex(isLimited);
  return statuses
    .slice(last + 1)
    .some((fact) => fact.status === 'RUNNING' && !hasReasons(fact));
}

function isLimited({status, reasons}: StatusFact): boolean {
  return (
    status === 'RUNNING' &&
    Array.isArray(reasons) &&
    reasons.some((reason: {type?: unknown} | null) => reason?.type === 'RATE_LIMITED')
  );
}

function told(status: unknown): string {
  return typeof status === 'string' ? status : 'nothing';
}

function hasReasons({reasons}: StatusFact): boolean {
  return Array.isArray(reasons) && reasons.length > 0;
}
