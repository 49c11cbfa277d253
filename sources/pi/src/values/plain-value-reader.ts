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
  readonly WebException?: {readonly StatusCode?: unknown; readonly Errors?: unknown};
}

interface RawStream {
  readonly WebId?: unknown;
  readonly Items?: unknown;
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

/** PI begins an answer before it has read everything: what failed then stands at its end. */
function streamsOf(content: RawContent, {spans}: SubRequest): SubAnswer {
  const {Items, WebException} = content;
  if (WebException !== undefined) {
    const {StatusCode} = WebException;
    const status = typeof StatusCode === 'number' ? StatusCode : BROKEN_OFF;
    return failed(status < 400 ? BROKEN_OFF : status, said(WebException));
  }
  if (!Array.isArray(Items)) return failed(BROKEN_OFF, 'The answer holds no streams.');
  const byWebId = new Map<unknown, RawStream>();
  for (const stream of Items as readonly RawStream[]) byWebId.set(stream.WebId, stream);
  const streams = new Map<string, PointAnswer>();
  for (const {point} of spans) {
    const items = byWebId.get(point.webId)?.Items;
    if (Array.isArray(items)) streams.set(point.webId, pointAnswer(items, point));
  }
  return {kind: 'streams', streams};
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
  const page = checked(items);
  if (typeof page === 'string') return {kind: 'defect', reason: page};
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

/** PI leaves out zeros at the end. Only what has none of its usual shapes is parsed. */
function sevenDecimals(timestamp: unknown): string | undefined {
  if (typeof timestamp !== 'string') return undefined;
  const {length} = timestamp;
  const isUsual =
    length >= SHORT &&
    length <= LONG &&
    timestamp.charCodeAt(4) === 45 &&
    timestamp.charCodeAt(10) === 84 &&
    timestamp.charCodeAt(16) === 58 &&
    timestamp.charCodeAt(length - 1) === 90;
  if (!isUsual) return piTimestamp(timestamp);
  if (length === SHORT) return timestamp.slice(0, SHORT - 1) + ZERO_DECIMALS;
  if (timestamp.charCodeAt(SHORT - 1) !== 46) return undefined;
  if (length === LONG) return timestamp;
  return `${timestamp.slice(0, length - 1)}${ZEROS.slice(0, LONG - length)}Z`;
}

interface Events {
  readonly items: readonly RawEvent[];
  readonly point: PiPoint;
  readonly span: Span;
}

/** The hot path: one concatenation per value. */
function* writeEvents(
  lines: LineBuffer,
  {items, point, span: {from, to, deliveredAtFrom}}: Events,
): Generator<undefined> {
  const start = recordStart(point);
  const rest = new RecordRest(point.units);
  let head = lines.envelope.head + start;
  let previous: unknown;
  let ordinal = 0;
  for (const event of items) {
    const timestamp = event.Timestamp as string;
    ordinal = timestamp === previous ? ordinal + 1 : 0;
    previous = timestamp;
    if (timestamp <= from) {
      if (timestamp < from || ordinal < deliveredAtFrom) continue;
    } else if (timestamp >= to) return;
    const {Value} = event;
    const isPlain =
      typeof Value === 'number' && (event.Errors ?? undefined) === undefined;
    lines.text +=
      isPlain && Number.isFinite(Value)
        ? `${head}${timestamp}","sequence":${ordinal},"value":${Value}${NUMBER_KIND}${rest.of(event)}${lines.envelope.tail}`
        : `${head}${timestamp}","sequence":${ordinal}${exactMembers(event, point, rest)}${lines.envelope.tail}`;
    lines.records += 1;
    if (!lines.isFull) continue;
    yield;
    head = lines.envelope.head + start;
  }
}

/** Everything behind the sequence, for an event that is no plain number. */
function exactMembers(event: RawEvent, point: PiPoint, rest: RecordRest): string {
  if (hasErrors(event)) {
    const members = rest.of(event).slice(0, -1);
    return `,"value_kind":"error"${members}${errorMember(event)}}`;
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
