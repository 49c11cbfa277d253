import {PointSet} from './point-set';
import type {PiTimestamp} from './pi-timestamp';
import type {ReadSpan} from './sync-account';

/** How much of what is read is held against what PI counts. */
export type AuditMode = 'off' | 'sample' | 'full';

/** What PI answers when it is asked to count the events of a span. */
export type Tally =
  | {readonly kind: 'count'; readonly events: number}
  /** PI says that there is nothing to count. */
  | {readonly kind: 'no_data'}
  | {readonly kind: 'none'; readonly reason: string};

/** What was read of a span and what PI counts in it, held against each other. */
export interface Verdict {
  readonly verdict: 'equal' | 'differs' | 'not_counted';
  /** PI's number; undefined where there is none. */
  readonly counted: number | undefined;
  /** In plain words; undefined where the two numbers say it all. */
  readonly reason: string | undefined;
}

const SHARE = 1 / 32;
const FEWEST = 16;

/**
 * The points that a sync audits: neighbours in the order of the set, so that they fall
 * into few requests. Which ones is decided by the sync's own time alone, and every
 * point's turn comes: each part of the set is as likely as any other, whatever the
 * rhythm of the syncs.
 */
export function auditedPoints(
  mode: AuditMode,
  selected: PointSet,
  now: PiTimestamp,
): PointSet {
  if (mode === 'off') return PointSet.EMPTY;
  if (mode === 'full') return selected;
  const size = Math.max(FEWEST, Math.ceil(selected.size * SHARE));
  const parts = Math.max(1, Math.ceil(selected.size / size));
  const from = (scattered(now) % parts) * size;
  return PointSet.of(selected.slice(from, from + size));
}

/** Whether a span is audited: by its point's turn, or because its gap was just loaded. */
export function isAudited(
  {point, healed}: Pick<ReadSpan, 'point' | 'healed'>,
  mode: AuditMode,
  audited: PointSet,
): boolean {
  return mode !== 'off' && (healed || audited.has(point));
}

/** Which events a data server counts: all of them, or those that it calls good. */
export type CountHabit = 'all' | 'good';

type Numbers = Pick<ReadSpan, 'events' | 'notGood'>;

/** What a count shows of the habit; undefined where both would be the same, or neither. */
export function habitShown(
  {events, notGood}: Numbers,
  tally: Tally,
): CountHabit | undefined {
  if (notGood === 0 || tally.kind !== 'count') return undefined;
  if (tally.events === events) return 'all';
  return tally.events === events - notGood ? 'good' : undefined;
}

/**
 * What the numbers say. PI may count all events or only those that it calls good, and an
 * empty range may have a count of zero or none at all; all of that is `equal`, and told.
 * Once the habit of a data server is known, the other number is a difference.
 */
export function verdictOf(numbers: Numbers, tally: Tally, habit?: CountHabit): Verdict {
  if (tally.kind === 'none') {
    return {verdict: 'not_counted', counted: undefined, reason: tally.reason};
  }
  const {events, notGood} = numbers;
  const counted = tally.kind === 'count' ? tally.events : 0;
  if (counted === events && (habit !== 'good' || notGood === 0)) {
    return {verdict: 'equal', counted, reason: undefined};
  }
  if (counted === events - notGood && habit !== 'all') {
    return {
      verdict: 'equal',
      counted,
      reason: 'PI counts only events that it calls good.',
    };
  }
  return {verdict: 'differs', counted, reason: differenceText(counted, numbers)};
}

function differenceText(counted: number, {events, notGood}: Numbers): string {
  if (counted > events) return 'PI counts more events than it returns.';
  if (counted === events) {
    return 'PI counts events here that it does not call good, and elsewhere does not.';
  }
  const good = notGood === 0 ? '' : `, ${notGood} of which it does not call good`;
  return `PI counts fewer events than it returns${good}.`;
}

/** 32 bits of FNV-1a, stirred so that texts that differ in a digit part company. */
function scattered(text: string): number {
  let hash = 0x811c_9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
