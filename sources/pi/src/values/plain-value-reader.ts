import {isAscii} from 'node:buffer';

import type {PiPoint} from '../sync/pi-point';
import type {SubRequest} from '../sync/slice-reading';
import {pointAnswer} from './point-events';
import type {PointAnswer, SubAnswer, ValueReader} from './value-reader';
import type {RawEvent} from './value-text';

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
function streamsOf(content: RawContent, request: SubRequest): SubAnswer {
  const {spans, boundary} = request;
  const {Items, WebException} = content;
  if (isObject(WebException))
    return failed(realStatus(WebException), said(WebException));
  if (!Array.isArray(Items)) return failed(BROKEN_OFF, 'The answer holds no streams.');
  const byWebId = new Map<unknown, RawStream>();
  for (const stream of Items as readonly RawStream[]) byWebId.set(stream.WebId, stream);
  const streams = new Map<string, PointAnswer>();
  for (const {point} of spans) {
    const stream = byWebId.get(point.webId);
    if (stream === undefined) continue;
    streams.set(point.webId, streamAnswer(stream, point, boundary));
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
  boundary: SubRequest['boundary'],
): PointAnswer {
  const isFailed =
    isObject(WebException) || (Array.isArray(Errors) && Errors.length > 0);
  if (isFailed || !Array.isArray(Items)) {
    return {kind: 'defect', reason: 'stream_failed', lasting: false};
  }
  const isMadeUp = boundary === 'Outside' && isNoData(Items as readonly RawEvent[]);
  return pointAnswer(isMadeUp ? [] : (Items as readonly RawEvent[]), point);
}

const NO_DATA = 248;

/**
 * Whether a list is nothing but the state `No Data`, which PI makes up where it finds
 * no event inside or outside. That state is never stored.
 */
function isNoData(items: readonly RawEvent[]): boolean {
  const Value = items[0]?.Value;
  if (items.length !== 1 || !isObject(Value)) return false;
  const {IsSystem, Value: code} = Value as {IsSystem?: unknown; Value?: unknown};
  return IsSystem === true && code === NO_DATA;
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
