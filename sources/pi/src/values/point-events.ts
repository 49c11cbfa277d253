import {type PageParts, WHOLE_PAGE} from '../sync/held-back';
import type {Page, Span} from '../sync/page-turn';
import type {PiPoint} from '../sync/pi-point';
import {type PiTimestamp, piTimestamp} from '../sync/pi-timestamp';
import type {LineBuffer, PointAnswer} from './value-reader';
import {
  errorMember,
  FLAG_MEMBERS,
  flagsIndex,
  hasErrors,
  isKnownValue,
  NUMBER_KIND,
  type RawEvent,
  recordStart,
  unitsMember,
  valueMembers,
} from './value-text';

/** What the values of one stream hold, looked at before the first is written. */
export function pointAnswer(items: readonly RawEvent[], point: PiPoint): PointAnswer {
  if (items.length > 0 && items.every(hasErrors)) {
    return {kind: 'defect', reason: 'value_errors', lasting: false};
  }
  const page = checked(items);
  if (typeof page === 'string') return {kind: 'defect', reason: page, lasting: true};
  const newest = items.at(-1);
  return {
    kind: 'events',
    page,
    isNewestGood: newest === undefined || (newest.Good !== false && !hasErrors(newest)),
    write: (lines, span, parts = WHOLE_PAGE) =>
      writeEvents(lines, {items, point, span, parts}),
    newestBefore: (instant) => timestampAt(items, endBefore(items, instant) - 1),
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

const LONG = '2026-03-02T06:00:00.1234567Z'.length;
const SHORT = '2026-03-02T06:00:00Z'.length;
const ZERO_DECIMALS = '.0000000Z';
const ZEROS = '0000000';
const POINT = 46;
const COLON = 58;
const LETTER_T = 84;
const LETTER_Z = 90;

/** PI leaves out zeros at the end. Only what has none of its usual shapes is parsed. */
function sevenDecimals(timestamp: unknown): string | undefined {
  if (typeof timestamp !== 'string') return undefined;
  if (!hasUsualShape(timestamp)) return piTimestamp(timestamp);
  const {length} = timestamp;
  if (length === LONG) return timestamp;
  if (length === SHORT) return timestamp.slice(0, SHORT - 1) + ZERO_DECIMALS;
  return `${timestamp.slice(0, length - 1)}${ZEROS.slice(0, LONG - length)}Z`;
}

/** `2026-03-02T06:00:00Z`, or with a point and decimals. */
function hasUsualShape(timestamp: string): boolean {
  const {length} = timestamp;
  return (
    length >= SHORT &&
    length <= LONG &&
    timestamp.charCodeAt(10) === LETTER_T &&
    timestamp.charCodeAt(16) === COLON &&
    timestamp.charCodeAt(length - 1) === LETTER_Z &&
    (length === SHORT || timestamp.charCodeAt(SHORT - 1) === POINT)
  );
}

interface Events {
  readonly items: readonly RawEvent[];
  readonly point: PiPoint;
  readonly span: Span;
  readonly parts: PageParts;
}

/** The hot path: one concatenation per value. */
function* writeEvents(
  lines: LineBuffer,
  {items, point, span, parts}: Events,
): Generator<undefined, undefined> {
  const start = recordStart(point);
  const rest = new RecordRest(point.units);
  const end = endBefore(items, span.to) - (parts.withoutNewest ? 1 : 0);
  let head = lines.envelope.head + start;
  let at = firstWanted(items, span);
  let previous: unknown = span.from;
  let ordinal = span.deliveredAtFrom - 1;
  for (; at < end; at += 1) {
    const event = items[at];
    if (event === undefined) return;
    const timestamp = event.Timestamp as string;
    ordinal = timestamp === previous ? ordinal + 1 : 0;
    previous = timestamp;
    lines.text += `${head}${timestamp}","sequence":${ordinal}${members(event, point, rest)}${lines.envelope.tail}`;
    lines.records += 1;
    if (!lines.isFull) continue;
    yield;
    head = lines.envelope.head + start;
  }
  lines.notGood += rest.notGood;
}

/** The position behind all events that lie before the span or were delivered before. */
function firstWanted(
  items: readonly RawEvent[],
  {from, deliveredAtFrom}: Span,
): number {
  let at = 0;
  while (at < items.length && (items[at]?.Timestamp as string) < from) at += 1;
  for (let delivered = 0; delivered < deliveredAtFrom; delivered += 1) {
    if (items[at]?.Timestamp !== from) break;
    at += 1;
  }
  return at;
}

/** The position behind the last event before an instant. */
function endBefore(items: readonly RawEvent[], instant: PiTimestamp): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.Timestamp as string) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

function timestampAt(items: readonly RawEvent[], at: number): PiTimestamp | undefined {
  return items[at]?.Timestamp as PiTimestamp | undefined;
}

/** Everything behind the sequence. */
function members(event: RawEvent, point: PiPoint, rest: RecordRest): string {
  const {Value, Errors} = event;
  const isPlain = Number.isFinite(Value) && (Errors === undefined || Errors === null);
  return isPlain
    ? `,"value":${Value as number}${NUMBER_KIND}${rest.of(event)}`
    : exactMembers(event, point, rest);
}

/** The same for an event that is no plain number. */
function exactMembers(event: RawEvent, point: PiPoint, rest: RecordRest): string {
  if (hasErrors(event)) {
    const open = rest.of(event).slice(0, -1);
    if (event.Good !== false) rest.notGood += 1;
    return `,"value_kind":"error"${open}${errorMember(event)}}`;
  }
  return valueMembers(event.Value, point.pointType) + rest.of(event);
}

/** The members from the flags to the end, which seldom change from event to event. */
class RecordRest {
  private flags = -1;
  private units: unknown;
  private text = '';
  /** Values so far that PI does not call good. */
  notGood = 0;
  private notGoodStep = 0;

  constructor(private readonly pointUnits: string | undefined) {}

  of(event: RawEvent): string {
    const flags = flagsIndex(event);
    const units = event.UnitsAbbreviation;
    if (flags === this.flags && units === this.units) {
      this.notGood += this.notGoodStep;
      return this.text;
    }
    this.flags = flags;
    this.units = units;
    this.notGoodStep = event.Good === false ? 1 : 0;
    this.notGood += this.notGoodStep;
    const members = FLAG_MEMBERS[flags] ?? '';
    this.text = `${members}${unitsMember(units, this.pointUnits)}}`;
    return this.text;
  }
}
