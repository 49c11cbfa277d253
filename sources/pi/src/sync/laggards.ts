import type {HeldBack} from './held-back';
import {plusMs} from './instants';
import type {PiTimestamp} from './pi-timestamp';

/** A point that stands apart from the rest because it could not be read. */
export interface Laggard {
  /** Everything before is delivered. */
  readonly cursor: PiTimestamp;
  /** How many events at exactly `cursor` are delivered too. */
  readonly delivered: number;
  /** When it began to fail, by PI's clock. */
  readonly since: PiTimestamp;
  /** Failed syncs in a row. */
  readonly failures: number;
  /** Not tried before that, by PI's clock. */
  readonly retryAt: PiTimestamp;
  /** Why, in a word: a status code or a name of ours. */
  readonly reason: string;
  /** What before its cursor was held back. */
  readonly held?: HeldBack | undefined;
}

/** Why and where the reading of one point ended. */
export interface PointFailure {
  /** `pointKey` of the point. */
  readonly key: string;
  readonly cursor: PiTimestamp;
  readonly delivered: number;
  readonly reason: string;
  /** Whether only somebody's act can heal it, such as a right given back. */
  readonly lasting: boolean;
  /** PI's clock. */
  readonly at: PiTimestamp;
  /** What before its cursor was held back. */
  readonly held?: HeldBack | undefined;
}

const FIRST_WAIT_MS = 15 * 60_000;
const LONGEST_WAIT_MS = 24 * 3_600_000;

/**
 * The laggard a failure makes. A passing failure is tried again by the next sync; the
 * wait after a lasting one doubles from a quarter of an hour to a day.
 */
export function lagBehind(known: Laggard | undefined, failure: PointFailure): Laggard {
  const failures = (known?.failures ?? 0) + 1;
  const waitMs = Math.min(
    LONGEST_WAIT_MS,
    FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 8),
  );
  return {
    cursor: failure.cursor,
    delivered: failure.delivered,
    since: known?.since ?? failure.at,
    failures,
    retryAt: failure.lasting ? plusMs(failure.at, waitMs) : failure.at,
    reason: failure.reason,
    ...(failure.held === undefined ? {} : {held: failure.held}),
  };
}
