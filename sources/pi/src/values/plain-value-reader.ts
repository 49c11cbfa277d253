import {isAscii} from 'node:buffer';

import type {Page, Span} from '../sync/page-turn';
import type {PiPoint} from '../sync/pi-point';
import {type PiTimestamp, piTimestamp} from '../sync/pi-timestamp';
import type {SubRequest} from '../sync/slice-reading';
import type {LineBuffer, PointAnswer, SubAnswer, ValueReader} from './value-reader';
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

interface RawAnswer {
  readonly Status?: unknown;
  readonly Headers?: Readonly<Record<string, unknown>> | null;
  readonly Content?: unknown;
}

interface RawContent {
  readonly Items?: unknown;
  readonly WebException?: unknown;
}

interface RawStream {
  readonly WebId?: unknown;
  readonly Items?: unknown;
  readonly Errors?: unknown;
  readonly WebException?: unknown;
}

/** Not PI's, but treated as one: the answer broke off. */
const BROKEN_OFF = 500;
const MOST_TEXT = 300;

/**
 * The reader that `JSON.parse` makes: every value becomes an object on the way.
 *
 * It is the one by which a faster reader is judged: for every body both must give the
 * same lines.
 */
export const plainValueReader: ValueReader = {
  open(body, requests) {
    const answers = parsed(body);
    return new Map(
      requests.map((request) => [
        request.id,
        subAnswer(answers?.[request.id], request),
      ]),
    );
  },
};

/** Undefined for a text that is no JSON object. */
function parsed(body: Buffer): Readonly<Record<string, RawAnswer>> | undefined {
  try {
    // A text that is known to be ASCII is decoded at a fraction of the price.
    const text = isAscii(body) ? body.toString('latin1') : body.toString('utf8');
    const answers: unknown = JSON.parse(text);
    return isObject(answers) ? (answers as Record<string, RawAnswer>) : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function subAnswer(answer: RawAnswer | undefined, request: SubRequest): SubAnswer {
  if (!isObject(answer)) return failed(BROKEN_OFF, 'The answer broke off.');
  const status = typeof answer.Status === 'number' ? answer.Status : BROKEN_OFF;
  if (status !== 200) {
    const retryAfter = Number(answer.Headers?.['Retry-After']);
    const waitMs = Number.isFinite(retryAfter) ? retryAfter * 1000 : undefined;
    return failed(status, said(answer.Content), waitMs);
  }
  if (!isObject(answer.Content)) return failed(BROKEN_OFF, said(answer.Content));
  return streamsOf(answer.Content, request);
}

/** PI begins an answer before it has read everything: a failure then stands at its end. */
function streamsOf(content: RawContent, {spans}: SubRequest): SubAnswer {
  const {Items, WebException} = content;
  if (isObject(WebException))
    return failed(realStatus(WebException), said(WebException));
  if (!Array.isArray(Items)) return failed(BROKEN_OFF, 'The answer holds no streams.');
  const byWebId = new Map<unknown, RawStream>();
  for (const stream of Items as readonly RawStream[]) byWebId.set(stream.WebId, stream);
  const streams = new Map<string, PointAnswer>();
  for (const {point} of spans) {
    const stream = byWebId.get(point.webId);
    if (stream !== undefined) streams.set(point.webId, streamAnswer(stream, point));
  }
  return {kind: 'streams', streams};
}

/** The status line was sent before the failure; this is the one that counts. */
function realStatus({StatusCode}: {readonly StatusCode?: unknown}): number {
  return typeof StatusCode === 'number' && StatusCode >= 400 ? StatusCode : BROKEN_OFF;
}

/** One stream of a set may fail by itself. */
function streamAnswer(
  {Items, Errors, WebException}: RawStream,
  point: PiPoint,
): PointAnswer {
  const isFailed =
    isObject(WebException) || (Array.isArray(Errors) && Errors.length > 0);
  if (isFailed || !Array.isArray(Items)) {
    return {kind: 'defect', reason: 'stream_failed', lasting: false};
  }
  return pointAnswer(Items as readonly RawEvent[], point);
}

function failed(status: number, text: string, retryAfterMs?: number): SubAnswer {
  return {kind: 'failed', status, text: text.slice(0, MOST_TEXT), retryAfterMs};
}

/** A failure's text: `{"Errors":[…]}`, `{"Message":"…"}` or a bare string. */
function said(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!isObject(content)) return '';
  const {Errors, Message} = content as {Errors?: unknown; Message?: unknown};
  if (Array.isArray(Errors)) return Errors.map(String).join('; ');
  return typeof Message === 'string' ? Message : '';
}

function pointAnswer(items: readonly RawEvent[], point: PiPoint): PointAnswer {
  if (items.length > 0 && items.every(hasErrors)) {
    return {kind: 'defect', reason: 'value_errors', lasting: false};
  }
  const page = checked(items);
  if (typeof page === 'string') return {kind: 'defect', reason: page, lasting: true};
  return {
    kind: 'events',
    page,
    write: (lines, span) => writeEvents(lines, {items, point, span}),
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
}

/** The hot path: one concatenation per value. */
function* writeEvents(
  lines: LineBuffer,
  {items, point, span}: Events,
): Generator<undefined, undefined> {
  const start = recordStart(point);
  const rest = new RecordRest(point.units);
  const end = endOfWanted(items, span);
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

/** The position behind the last event of the span. */
function endOfWanted(items: readonly RawEvent[], {to}: Span): number {
  let end = items.length;
  while (end > 0 && (items[end - 1]?.Timestamp as string) >= to) end -= 1;
  return end;
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
    return `,"value_kind":"error"${open}${errorMember(event)}}`;
  }
  return valueMembers(event.Value, point.pointType) + rest.of(event);
}

/** The members from the flags to the end, which seldom change from event to event. */
class RecordRest {
  private flags = -1;
  private units: unknown;
  private text = '';

  constructor(private readonly pointUnits: string | undefined) {}

  of(event: RawEvent): string {
    const flags = flagsIndex(event);
    const units = event.UnitsAbbreviation;
    if (flags === this.flags && units === this.units) return this.text;
    this.flags = flags;
    this.units = units;
    const members = FLAG_MEMBERS[flags] ?? '';
    this.text = `${members}${unitsMember(units, this.pointUnits)}}`;
    return this.text;
  }
}
