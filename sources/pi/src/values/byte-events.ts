import {WHOLE_PAGE} from '../sync/held-back';
import type {Page} from '../sync/page-turn';
import type {PiPoint} from '../sync/pi-point';
import type {SubRequest} from '../sync/slice-reading';
import {ByteLines} from './byte-lines';
import type {ByteEvents} from './event-index';
import {newestBefore, type WantedEvents, wantedEvents} from './event-range';
import type {LineBuffer} from './line-buffer';
import {isNoData} from './plain-value-reader';
import {pointAnswer} from './point-events';
import type {PointAnswer} from './value-reader';
import {isNotGood} from './value-text';

/** What the events of one stream hold, by their bytes. */
export function byteAnswer(
  events: ByteEvents,
  point: PiPoint,
  boundary: SubRequest['boundary'],
): PointAnswer {
  const {length, errors} = events.facts;
  const newest = length === 0 ? undefined : events.eventAt(length - 1);
  const isMadeUp = boundary === 'Outside' && isNoData(length, newest?.Value);
  if (newest === undefined || isMadeUp) return pointAnswer([], point);
  if (errors === length) {
    return {kind: 'defect', reason: 'value_errors', lasting: false};
  }
  return {
    kind: 'events',
    page: pageOf(events),
    isNewestGood: !isNotGood(newest),
    write: (lines, span, parts = WHOLE_PAGE) => {
      const wanted = wantedEvents(events, span, parts);
      return writeEvents(lines, new ByteLines(events, point), wanted);
    },
    newestBefore: (instant) => newestBefore(events, instant),
  };
}

function pageOf(events: ByteEvents): Page {
  const {length, atLast} = events.facts;
  return {returned: length, last: events.timestampAt(length - 1), atLast};
}

function* writeEvents(
  lines: LineBuffer,
  events: ByteLines,
  {first, end, ordinal}: WantedEvents,
): Generator<undefined, undefined> {
  events.begin(first, ordinal);
  while (events.at < end) {
    events.fill(lines, end);
    if (lines.isFull) yield;
  }
}
