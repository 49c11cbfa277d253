import {WHOLE_PAGE} from '../sync/held-back';
import type {Page} from '../sync/page-turn';
import type {PiPoint} from '../sync/pi-point';
import type {PiTimestamp} from '../sync/pi-timestamp';
import {
  type EventList,
  newestBefore,
  type WantedEvents,
  wantedEvents,
} from './event-range';
import type {LineBuffer} from './line-buffer';
import {sevenDecimals} from './timestamp-text';
import type {PointAnswer} from './value-reader';
import {
  eventMembers,
  hasErrors,
  isKnownValue,
  isNotGood,
  type RawEvent,
  recordStart,
} from './value-text';

/** What the values of one stream hold, looked at before the first is written. */
export function pointAnswer(items: readonly RawEvent[], point: PiPoint): PointAnswer {
  if (items.length > 0 && items.every(hasErrors)) {
    return {kind: 'defect', reason: 'value_errors', lasting: false};
  }
  const page = checked(items);
  if (typeof page === 'string') return {kind: 'defect', reason: page, lasting: true};
  const newest = items.at(-1);
  const events: EventList = {
    length: items.length,
    timestampAt: (at) => items[at]?.Timestamp as PiTimestamp,
  };
  return {
    kind: 'events',
    page,
    isNewestGood: newest === undefined || !isNotGood(newest),
    write: (lines, span, parts = WHOLE_PAGE) =>
      writeEvents(lines, {items, point, wanted: wantedEvents(events, span, parts)}),
    newestBefore: (instant) => newestBefore(events, instant),
  };
}

/**
 * Counts the events and looks at each of them before the first is delivered. Their
 * timestamps get all seven decimals, in place. A text says what is wrong.
 */
function checked(items: readonly RawEvent[]): Page | string {
  let last = '';
  let atLast = 0;
  for (const event of items) {
    const timestamp = sevenDecimals(event.Timestamp);
    if (timestamp === undefined) return 'bad_timestamp';
    if (timestamp < last) return 'unordered';
    if (!isKnownValue(event.Value)) return 'bad_value';
    atLast = timestamp === last ? atLast + 1 : 1;
    last = timestamp;
    event.Timestamp = timestamp;
  }
  const newest = last === '' ? undefined : (last as PiTimestamp);
  return {returned: items.length, last: newest, atLast};
}

interface Events {
  readonly items: readonly RawEvent[];
  readonly point: PiPoint;
  readonly wanted: WantedEvents;
}

/** One concatenation per value. */
function* writeEvents(
  lines: LineBuffer,
  {items, point, wanted}: Events,
): Generator<undefined, undefined> {
  const start = recordStart(point);
  let head = lines.envelope.head + start;
  let {ordinal} = wanted;
  let previous: unknown;
  for (let at = wanted.first; at < wanted.end; at += 1) {
    const event = items[at];
    if (event === undefined) return;
    const timestamp = event.Timestamp as string;
    if (previous !== undefined) ordinal = timestamp === previous ? ordinal + 1 : 0;
    previous = timestamp;
    lines.append(
      `${head}${timestamp}","sequence":${ordinal}${eventMembers(event, point)}${lines.envelope.tail}`,
    );
    lines.records += 1;
    if (isNotGood(event)) lines.notGood += 1;
    if (!lines.isFull) continue;
    yield;
    head = lines.envelope.head + start;
  }
}
