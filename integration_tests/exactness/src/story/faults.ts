import type {FaultRule} from 'pi-simulator';

import type {Chance} from '../chance';

/** What may go wrong between the source and PI. All of it passes, but for points. */
export type FaultKind =
  | 'storm'
  | 'storm without Retry-After'
  | 'server error'
  | 'part fails'
  | 'web page'
  | 'truncated'
  | 'WebException'
  | 'lists fail'
  | 'slow'
  | 'slow body'
  | 'reset'
  | 'page with status 200'
  | 'lower limit'
  | 'wrong links'
  | 'point forbidden'
  | 'point fails'
  | 'point item fails'
  | 'point value fails'
  | 'data server away';

/** Those that every sync may meet. */
export const COMMON_FAULTS: readonly FaultKind[] = [
  'storm',
  'server error',
  'part fails',
  'web page',
  'truncated',
  'WebException',
  'lists fail',
  'reset',
  'lower limit',
  'point forbidden',
  'point fails',
  'point item fails',
];

const BATCH = 'POST /piwebapi/batch';
const PART = 'GET /piwebapi/streamsets/recorded';
const PASSING = [500, 502, 503, 504];

/** Longer than a source with a short time-out waits. */
export const SLOW_MS = 900;

/** The rules of one fault. `names` are the points that may be hit. */
export function faultRules(
  kind: FaultKind,
  chance: Chance,
  names: readonly string[],
): readonly FaultRule[] {
  return RULES[kind](chance, names);
}

type Maker = (chance: Chance, names: readonly string[]) => readonly FaultRule[];

const RULES: Readonly<Record<FaultKind, Maker>> = {
  storm: (chance) => [
    {
      match: BATCH,
      after: chance.small(0, 8),
      times: chance.whole(1, 5),
      status: 429,
      retryAfter: 0,
    },
  ],
  'storm without Retry-After': (chance) => [
    {
      match: BATCH,
      after: chance.small(0, 8),
      times: chance.whole(1, 5),
      status: 429,
      body: 'text',
    },
  ],
  'server error': (chance) => [
    {
      match: BATCH,
      after: chance.small(0, 10),
      times: chance.whole(1, 4),
      status: chance.one(PASSING),
      body: chance.one(['errors', 'message', 'empty']),
    },
  ],
  'part fails': (chance) => [
    {
      match: PART,
      after: chance.small(0, 20),
      times: chance.whole(1, 6),
      status: chance.one([...PASSING, 429]),
    },
  ],
  'web page': (chance) => [
    {
      match: BATCH,
      after: chance.small(0, 8),
      times: 1,
      status: chance.one([502, 503, 504]),
      body: 'html',
    },
  ],
  truncated: (chance) => [
    {
      match: BATCH,
      after: chance.small(0, 8),
      times: chance.whole(1, 2),
      truncateAfterBytes: chance.small(0, 20_000),
    },
  ],
  WebException: (chance) => [
    {
      match: PART,
      after: chance.small(0, 12),
      times: chance.whole(1, 3),
      webExceptionAfterValues: chance.small(0, 300),
    },
  ],
  'lists fail': (chance) => [
    {
      match: chance.one(['GET /piwebapi/dataservers', '/points?']),
      after: chance.whole(0, 1),
      times: chance.whole(1, 2),
      status: chance.one([...PASSING, 429]),
    },
  ],
  slow: (chance) => [
    {match: BATCH, after: chance.small(0, 6), times: 1, delayMs: SLOW_MS},
  ],
  'slow body': (chance) => [
    {
      match: BATCH,
      after: chance.small(0, 6),
      times: 2,
      trickleBytes: chance.whole(2000, 9000),
      trickleMs: 1,
    },
  ],
  reset: (chance) => [
    {match: BATCH, after: chance.small(0, 8), times: chance.whole(1, 3), reset: true},
  ],
  'page with status 200': (chance) => [
    {
      match: BATCH,
      after: chance.small(0, 6),
      times: 1,
      status: 200,
      body: 'html',
      message: 'Sign in',
    },
  ],
  'lower limit': (chance) => [
    {
      match: PART,
      after: chance.small(0, 12),
      times: chance.whole(4, 30),
      maxReturnedItems: chance.one([150, 400, 1000]),
    },
  ],
  'wrong links': () => [
    {match: 'GET /piwebapi/', linkHost: 'pi-internal.example:8443'},
  ],
  'point forbidden': (chance, names) =>
    ofPoints(chance, names, {status: chance.one([403, 404]), scope: 'whole'}),
  'point fails': (chance, names) =>
    ofPoints(chance, names, {status: 500, scope: 'whole'}),
  'point item fails': (chance, names) =>
    ofPoints(chance, names, {status: 500, scope: 'item'}),
  'point value fails': (chance, names) =>
    ofPoints(chance, names, {status: 500, scope: 'value'}),
  'data server away': () => [
    {match: '\\\\PISRV02\\', on: 'stream', status: 502, scope: 'whole'},
  ],
};

const FAILING_SHARE = 0.05;

/** For the whole sync, or from some read on, or for some reads. */
function ofPoints(
  chance: Chance,
  names: readonly string[],
  how: Pick<FaultRule, 'status' | 'scope'>,
): readonly FaultRule[] {
  const failing = chance.some(
    names,
    Math.max(1, Math.round(names.length * FAILING_SHARE)),
  );
  const when = chance.one([
    {},
    {},
    {after: chance.small(0, 6)},
    {times: chance.whole(1, 4)},
  ]);
  return failing.map((name) => ({match: ` ${name} `, on: 'stream', ...how, ...when}));
}
