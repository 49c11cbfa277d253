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

type RawAnswers = Readonly<Record<string, RawAnswer>>;

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
    return answersIn(parsed(body), requests, itemsAnswer);
  },
  release: () => undefined,
};

/** What the `Items` of one stream hold. */
export type AnswerOfItems = (
  items: readonly unknown[],
  point: PiPoint,
  boundary: SubRequest['boundary'],
) => PointAnswer;

/** What a document holds for each of the requests; of none it holds nothing. */
export function answersIn(
  document: unknown,
  requests: readonly SubRequest[],
  answerOf: AnswerOfItems,
): ReadonlyMap<string, SubAnswer> {
  const answers = isObject(document) ? (document as RawAnswers) : undefined;
  return new Map(
    requests.map((request) => [
      request.id,
      subAnswer(answers?.[request.id], request, answerOf),
    ]),
  );
}

/** Undefined for a text that is no JSON. */
function parsed(body: Buffer): unknown {
  try {
    // A text that is known to be ASCII is decoded at a fraction of the price.
    const text = isAscii(body) ? body.toString('latin1') : body.toString('utf8');
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function subAnswer(
  answer: RawAnswer | undefined,
  request: SubRequest,
  answerOf: AnswerOfItems,
): SubAnswer {
  if (!isObject(answer)) return failed(BROKEN_OFF, 'The answer broke off.');
  const status = typeof answer.Status === 'number' ? answer.Status : BROKEN_OFF;
  if (status !== 200) {
    const retryAfter = Number(answer.Headers?.['Retry-After']);
    const waitMs = Number.isFinite(retryAfter) ? retryAfter * 1000 : undefined;
    return failed(status, said(answer.Content), waitMs);
  }
  if (!isObject(answer.Content)) return failed(BROKEN_OFF, said(answer.Content));
  return streamsOf(answer.Content, request, answerOf);
}

/** PI begins an answer before it has read everything: a failure then stands at its end. */
function streamsOf(
  content: RawContent,
  request: SubRequest,
  answerOf: AnswerOfItems,
): SubAnswer {
  const {spans, boundary} = request;
  const {Items, WebException} = content;
  if (isObject(WebException))
    return failed(realStatus(WebException), said(WebException));
  if (!Array.isArray(Items)) return failed(BROKEN_OFF, 'The answer holds no streams.');
  const byWebId = new Map<unknown, RawStream>();
  // Whatever else stands among them answers for no point.
  const known = Items.filter((stream): stream is RawStream => isObject(stream));
  for (const stream of known) byWebId.set(stream.WebId, stream);
  const streams = new Map<string, PointAnswer>();
  for (const {point} of spans) {
    const stream = byWebId.get(point.webId);
    if (stream === undefined) continue;
    const answer = answerOfStream(stream, (items) => answerOf(items, point, boundary));
    streams.set(point.webId, answer);
  }
  return {kind: 'streams', streams};
}

/** The status line was sent before the failure; this is the one that counts. */
function realStatus({StatusCode}: {readonly StatusCode?: unknown}): number {
  return typeof StatusCode === 'number' && StatusCode >= 400 ? StatusCode : BROKEN_OFF;
}

/** One stream of a set may fail by itself. */
function answerOfStream(
  {Items, Errors, WebException}: RawStream,
  answerOf: (items: readonly unknown[]) => PointAnswer,
): PointAnswer {
  const isFailed =
    isObject(WebException) || (Array.isArray(Errors) && Errors.length > 0);
  if (isFailed || !Array.isArray(Items)) {
    return {kind: 'defect', reason: 'stream_failed', lasting: false};
  }
  return answerOf(Items as readonly unknown[]);
}

/** What parsed values hold. */
export function itemsAnswer(
  ...[items, point, boundary]: Parameters<AnswerOfItems>
): PointAnswer {
  // What is no object has no time either.
  if (!items.every(isObject)) {
    return {kind: 'defect', reason: 'bad_timestamp', lasting: true};
  }
  const events: readonly RawEvent[] = items;
  const isMadeUp = boundary === 'Outside' && isNoData(events.length, events[0]?.Value);
  return pointAnswer(isMadeUp ? [] : events, point);
}

const NO_DATA = 248;

/**
 * Whether a list of this length is nothing but the state `No Data`, which PI makes up where it finds
 * no event inside or outside. That state is never stored.
 */
export function isNoData(length: number, first: unknown): boolean {
  if (length !== 1 || !isObject(first)) return false;
  const {IsSystem, Value: code} = first as {IsSystem?: unknown; Value?: unknown};
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
