import {fraction, mixAll} from '../chance/hash';
import {type FaultRule} from './fault-rule';

/** What can go wrong on a schedule. */
export type FaultKind =
  | 'rate_limited'
  | 'server_error'
  | 'bad_gateway'
  | 'unavailable'
  | 'gateway_timeout'
  | 'timeout'
  | 'slow_body'
  | 'truncated'
  | 'reset'
  | 'web_exception'
  | 'sub_request'
  | 'missing_point'
  | 'failing_point'
  | 'lower_limit'
  | 'html_page'
  | 'wrong_links'
  | 'value_error';

/** How a schedule is drawn; all of it may be left out. */
export interface FaultScheduleOptions {
  /** How many faults; 12 unless said otherwise. */
  readonly count?: number;
  /**
   * The kinds to draw from. Without it all but `value_error`, which makes an error of a
   * value that is in the archive, so that what is read is not what is there.
   */
  readonly kinds?: readonly FaultKind[];
  /** Each fault waits for fewer matching requests than this: 20. */
  readonly spread?: number;
  /** The most requests in a row that one fault hits: 2. */
  readonly maxTimes?: number;
  /** How long the answer to a request that times out is held back: 2000. */
  readonly timeoutMs?: number;
  /** What `Retry-After` says where a 429 or 503 carries it: 1. */
  readonly retryAfterSeconds?: number;
  /** The limit while `MaxReturnedItemsPerCall` is lower: 500. */
  readonly lowerLimit?: number;
  /** Names of points that fail for a while; without any, no point is drawn by itself. */
  readonly points?: readonly string[];
  /** Names of points that fail for ever, each in its own way, beside all others. */
  readonly lastingPoints?: readonly string[];
}

type Settings = Required<FaultScheduleOptions>;

const DEFAULTS: Settings = {
  count: 12,
  kinds: [
    ...(['rate_limited', 'server_error', 'bad_gateway', 'unavailable'] as const),
    ...(['gateway_timeout', 'timeout', 'slow_body', 'truncated', 'reset'] as const),
    ...(['web_exception', 'sub_request', 'missing_point', 'failing_point'] as const),
    ...(['lower_limit', 'html_page', 'wrong_links'] as const),
  ],
  spread: 20,
  maxTimes: 2,
  timeoutMs: 2000,
  retryAfterSeconds: 1,
  lowerLimit: 500,
  points: [],
  lastingPoints: [],
};

/** Where a whole request can be hit; reads of the archive more often than the rest. */
const PLACES = [
  ...['POST /piwebapi/batch', 'POST /piwebapi/batch', 'GET /piwebapi/streamsets/'],
  ...['GET /piwebapi/dataservers', 'GET /piwebapi/assetdatabases'],
];
const READS = 'GET /piwebapi/streamsets/recorded';

/**
 * Faults drawn from a seed: the same seed and options are the same faults. Each passes in
 * the end, except those of the lasting points.
 */
export function faultSchedule(
  seed: number,
  options: FaultScheduleOptions = {},
): readonly FaultRule[] {
  const settings: Settings = {...DEFAULTS, ...options};
  const kinds = settings.kinds.filter(
    (kind) => settings.points.length > 0 || !OF_POINTS.includes(kind),
  );
  const passing = Array.from({length: settings.count}, (_, index) => {
    const dice = new Dice(mixAll(seed, 'fault', index));
    return passingFault(dice, dice.of(kinds), settings);
  });
  const lasting = settings.lastingPoints.map((point) =>
    lastingFault(new Dice(mixAll(seed, 'lasting', point)), point),
  );
  return [...passing, ...lasting];
}

/** Kinds that need the name of a point. */
const OF_POINTS: readonly FaultKind[] = [
  'missing_point',
  'failing_point',
  'value_error',
];

/** Throws for one fault; every throw is a number of its own. */
class Dice {
  private throws = 0;

  constructor(private readonly salt: number) {}

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    this.throws += 1;
    return Math.floor(fraction(mixAll(this.salt, this.throws)) * end);
  }

  of<T>(choices: readonly [T, ...T[]] | readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

function passingFault(dice: Dice, kind: FaultKind, settings: Settings): FaultRule {
  return {
    match: dice.of(PLACES),
    after: dice.below(settings.spread),
    times: 1 + dice.below(settings.maxTimes),
    ...EFFECTS[kind](dice, settings),
  };
}

type Effect = (dice: Dice, settings: Settings) => Partial<FaultRule>;

/** What each kind does, over a place and a time that were drawn already. */
const EFFECTS: Readonly<Record<FaultKind, Effect>> = {
  rate_limited: (dice, {retryAfterSeconds}) => ({
    status: 429,
    message: 'Rate limit was reached.',
    body: dice.of(['errors', 'text']),
    ...dice.of([{}, {retryAfter: retryAfterSeconds}]),
  }),
  server_error: (dice) => ({
    status: 500,
    ...dice.of<Partial<FaultRule>>([
      {body: 'message', message: 'An error has occurred.'},
      {message: '[-10722] PINET: Timeout on PI RPC or System Call.'},
      {message: '[-10735] PINET: Session Manager Transaction List Full.'},
    ]),
  }),
  bad_gateway: (dice) => ({
    status: 502,
    message: 'The request was cancelled.',
    body: dice.of(['errors', 'html']),
  }),
  unavailable: (dice, {retryAfterSeconds}) => ({
    status: 503,
    message: 'Service Unavailable',
    body: 'html',
    ...dice.of([{}, {retryAfter: retryAfterSeconds}]),
  }),
  gateway_timeout: () => ({status: 504, message: 'Gateway Timeout', body: 'html'}),
  timeout: (_, {timeoutMs}) => ({delayMs: timeoutMs}),
  slow_body: (dice) => ({trickleBytes: 256 + dice.below(4096), trickleMs: 1}),
  truncated: (dice) => ({truncateAfterBytes: 1 + dice.below(4000)}),
  reset: () => ({reset: true}),
  web_exception: (dice) => ({match: READS, webExceptionAfterValues: dice.below(200)}),
  sub_request: (dice) => ({
    match: READS,
    status: dice.of([429, 500, 502, 503]),
    message: 'The request could not be completed.',
  }),
  missing_point: (dice, {points}) => ({
    match: pointMatch(dice.of(points)),
    on: 'stream',
    scope: 'whole',
    status: 404,
    message: 'PI Point not found.',
  }),
  failing_point: (dice, {points}) => ({
    match: pointMatch(dice.of(points)),
    on: 'stream',
    scope: dice.of(['whole', 'item']),
    status: dice.of([403, 500, 502]),
  }),
  lower_limit: (dice, {lowerLimit}) => ({
    match: READS,
    times: 5 + dice.below(20),
    maxReturnedItems: lowerLimit,
  }),
  html_page: () => ({status: 200, body: 'html', message: 'Sign in to continue'}),
  wrong_links: () => ({
    match: 'GET /piwebapi/',
    times: 10,
    linkHost: 'pi-internal.example:8443',
  }),
  value_error: (dice, {points}) => ({
    match: pointMatch(dice.of(points)),
    on: 'stream',
    scope: 'value',
    errorAfterValues: dice.below(50),
    message: 'The value cannot be read.',
  }),
};

function lastingFault(dice: Dice, point: string): FaultRule {
  return {
    match: pointMatch(point),
    on: 'stream',
    scope: dice.of(['whole', 'item']),
    status: dice.of([403, 404, 500]),
    message: 'The point cannot be read.',
  };
}

/** The name of a point between blanks: its WebID comes before, its path behind. */
function pointMatch(name: string): string {
  return ` ${name} `;
}
