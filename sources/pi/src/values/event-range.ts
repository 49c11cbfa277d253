import type {PageParts} from '../sync/held-back';
import type {Span} from '../sync/page-turn';
import type {PiTimestamp} from '../sync/pi-timestamp';

/** The events of one stream, ascending, by their timestamps with seven decimals. */
export interface EventList {
  readonly length: number;
  /** Of an event that is there: `at` is less than `length`. */
  timestampAt(at: number): PiTimestamp;
}

/** Which events of a list are to be written. */
export interface WantedEvents {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
  /** The ordinal of the first among all events of its timestamp. */
  readonly ordinal: number;
}

/** The events of a span, or those parts of them, that were not delivered before. */
export function wantedEvents(
  events: EventList,
  span: Span,
  {withoutNewest}: PageParts,
): WantedEvents {
  const first = firstWanted(events, span);
  const end = endBefore(events, span.to) - (withoutNewest ? 1 : 0);
  const isTied = first < end && events.timestampAt(first) === span.from;
  return {first, end, ordinal: isTied ? span.deliveredAtFrom : 0};
}

/** The newest timestamp before an instant; undefined where there is none. */
export function newestBefore(
  events: EventList,
  instant: PiTimestamp,
): PiTimestamp | undefined {
  const end = endBefore(events, instant);
  return end === 0 ? undefined : events.timestampAt(end - 1);
}

/** The position behind all events that lie before the span or were delivered before. */
function firstWanted(events: EventList, {from, deliveredAtFrom}: Span): number {
  let at = endBefore(events, from);
  const end = Math.min(events.length, at + deliveredAtFrom);
  while (at < end && events.timestampAt(at) === from) at += 1;
  return at;
}

/** The position behind the last event before an instant. */
function endBefore(events: EventList, instant: PiTimestamp): number {
  let low = 0;
  let high = events.length;
  // A timestamp is made to be looked at: mostly all events lie on one side.
  if (high === 0 || events.timestampAt(0) >= instant) return 0;
  if (events.timestampAt(high - 1) < instant) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events.timestampAt(middle) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
