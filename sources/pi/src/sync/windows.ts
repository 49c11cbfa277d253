import {earliest, msBetween, plusMs, wholeSecond} from './instants';
import {type PiTimestamp, toEpochMs} from './pi-timestamp';

const SECOND_MS = 1000;
const MOST_GROWTH = 16;
const LONGEST_MS = 366 * 24 * 3_600_000;

/** Nothing is known of a new archive: an hour is short for any density. */
export const FIRST_WIDTH_MS = 3_600_000;

/**
 * Where the half-open window that begins at `from` ends: at most `widthMs` later,
 * never beyond `limit`, always later than `from` (which must be before `limit`).
 *
 * Ends lie on whole seconds where the width allows it. Data Archive keeps time in
 * 1/65536 s, and a whole second is exact in that grid as in ours, so a seam can not be
 * rounded to the other side of an event.
 */
export function windowEnd(
  from: PiTimestamp,
  widthMs: number,
  limit: PiTimestamp,
): PiTimestamp {
  const width = Math.max(SECOND_MS, widthMs);
  if (toEpochMs(from) + width >= toEpochMs(limit)) return limit;
  const end = wholeSecond(plusMs(from, width));
  return earliest(end > from ? end : plusMs(from, SECOND_MS), limit);
}

/** What reading one window taught. */
export interface WindowExperience {
  /** The width that was aimed at. */
  readonly widthMs: number;
  /** What was read in truth; less than the width where the sync ended. */
  readonly spanMs: number;
  readonly events: number;
}

/**
 * The width at which the next window is expected to hold `targetEvents`.
 *
 * It shrinks at once, and grows to at most 16 times what has been seen, so that a quiet
 * night tells little about the morning.
 */
export function nextWidthMs(seen: WindowExperience, targetEvents: number): number {
  const ideal =
    seen.events === 0 ? Infinity : (seen.spanMs * targetEvents) / seen.events;
  const ceiling = Math.max(seen.widthMs, seen.spanMs * MOST_GROWTH);
  const width = Math.min(ideal, ceiling, LONGEST_MS);
  return Math.max(SECOND_MS, Math.floor(width / SECOND_MS) * SECOND_MS);
}

/** What the first page of a point says about its span. */
export interface Sounding {
  readonly from: PiTimestamp;
  readonly to: PiTimestamp;
  readonly returned: number;
  readonly isFull: boolean;
  readonly last: PiTimestamp | undefined;
}

/** How many events the spans hold, if the density of the first pages goes on. */
export function expectedEvents(soundings: Iterable<Sounding>): number {
  let events = 0;
  for (const {from, to, returned, isFull, last} of soundings) {
    const more = isFull && last !== undefined && last < to;
    const share = more ? msBetween(from, to) / Math.max(1, msBetween(from, last)) : 1;
    events += returned * share;
  }
  return events;
}

/** The end of the first `fraction` of a span: later than `from`, at most `to`. */
export function fractionEnd(
  from: PiTimestamp,
  to: PiTimestamp,
  fraction: number,
): PiTimestamp {
  return windowEnd(from, Math.floor(msBetween(from, to) * fraction), to);
}
