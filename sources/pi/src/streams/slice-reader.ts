import {ConfigError, type LineSink, TransientError} from 'airbyte-cdk-ts';

import type {Archive, RecordedRequest} from '../client/archive';
import {mayShrink} from '../client/failure';
import {graver, type PassingFailure} from '../client/passing-failure';
import {type Treatment, treatmentOf} from '../client/treatment';
import {afterAnswer, afterLongUrl, afterTooMuch, type Appetite} from '../sync/appetite';
import type {HeldBack} from '../sync/held-back';
import {latest, previousTick} from '../sync/instants';
import type {PiTimestamp} from '../sync/pi-timestamp';
import type {PointSpan} from '../sync/queued-request';
import {
  type ReadFailure,
  type ReadRules,
  SliceReading,
  type SubRequest,
} from '../sync/slice-reading';
import type {Sounding} from '../sync/windows';
import type {PointAnswer, SubAnswer, ValueReader} from '../values/value-reader';
import {LineWriter} from './line-writer';

/** What a slice is read with. */
export interface SliceTools {
  readonly archive: Archive;
  readonly reader: ValueReader;
  readonly rules: ReadRules;
  readonly lines: LineSink;
  readonly health: ServerHealth;
  /** Read to the end also what is more than a slice should hold. */
  readonly isWhole?: boolean;
}

/** Shared by all slices of a stream: whether PI answers at all. */
export interface ServerHealth {
  answers: number;
  appetite: Appetite;
  /** Of the archive, as they were when the last answer came. */
  refusals: number;
  /** More than one data server is read: one that is away must not stop the others. */
  readonly hasOthers: boolean;
}

/** What became of the spans of a slice. */
export interface SliceResult {
  readonly events: number;
  readonly failures: readonly ReadFailure[];
  /**
   * The points that were delivered to the ends of their spans, which may lie earlier
   * than asked where the slice was too large.
   */
  readonly read: readonly SpanResult[];
  /** Where the spans end now, those of failed points too. */
  readonly to: PiTimestamp | undefined;
}

/** What was read of one span. */
export interface SpanResult {
  readonly span: PointSpan;
  /** Events inside the span, also one that was held back. */
  readonly events: number;
  readonly notGood: number;
  readonly last: PiTimestamp | undefined;
  /** What is held back at its end; undefined where nothing is. */
  readonly held: HeldBack | undefined;
}

/**
 * Reads spans of points to their ends and writes their events as lines.
 *
 * A point that cannot be read is in the result. Rejects where the server as a whole
 * does not answer.
 */
export async function readSlice(
  spans: readonly PointSpan[],
  tools: SliceTools,
): Promise<SliceResult> {
  const reading = new SliceReading(spans, tools.rules);
  const writer = new LineWriter(tools.lines);
  const counts: SpanCounts = new Map();
  const answersBefore = tools.health.answers;
  const course = {reading, writer, tools, answersBefore, counts};
  let isFirst = true;
  for (let batch = reading.next(); batch.length > 0; batch = reading.next()) {
    const body = await ask(batch, course);
    if (body === undefined) continue;
    const answers = tools.reader.open(body, batch);
    if (isFirst && tools.isWhole !== true) reading.shorten(soundings(batch, answers));
    isFirst = false;
    await takeAnswers(batch, answers, course);
    tools.reader.release(body);
    tools.archive.release(body);
    if (!reading.isServerAway) continue;
    if (!tools.health.hasOthers) throw new TransientError(AWAY);
    reading.giveUp(SERVER_AWAY);
  }
  await writer.flush();
  const {failures} = reading;
  const failed = new Set(failures.map(({span}) => span.point.webId));
  const ended = reading.shortened(spans);
  return {
    events: writer.events,
    failures,
    read: ended
      .filter(({point}) => !failed.has(point.webId))
      .map((span) => spanResult(span, course)),
    to: ended[0]?.to,
  };
}

type SpanCount = Pick<SpanResult, 'events' | 'notGood' | 'last'>;

/** By WebID. */
type SpanCounts = Map<string, SpanCount>;

function spanResult(
  span: PointSpan,
  {reading, counts}: Pick<Course, 'reading' | 'counts'>,
): SpanResult {
  const {webId} = span.point;
  const {events, notGood, last} = counts.get(webId) ?? NOTHING;
  const held = reading.held.has(webId) ? reading.held.get(webId) : span.held;
  // PI counts what was delivered before, at the very start, too.
  return {span, events: events + span.deliveredAtFrom, notGood, last, held};
}

const NOTHING: SpanCount = {events: 0, notGood: 0, last: undefined};

interface Course {
  readonly reading: SliceReading;
  readonly writer: LineWriter;
  readonly tools: SliceTools;
  /** How many answers there were when the slice began. */
  readonly answersBefore: number;
  readonly counts: SpanCounts;
}

/**
 * The bytes of an answer; undefined where less is to be asked. A point that brings down
 * even the smallest request is at fault only if the server has answered others since.
 */
async function ask(
  batch: readonly SubRequest[],
  {reading, tools: {archive, health}, answersBefore}: Course,
): Promise<Buffer | undefined> {
  try {
    let tookMs = 0;
    const onTime = (ms: number): void => void (tookMs = ms);
    const body = await archive.recorded(batch.map(recordedRequest), onTime);
    const wasRefused = archive.refusals > health.refusals;
    health.answers += 1;
    health.refusals = archive.refusals;
    health.appetite = afterAnswer(health.appetite, {tookMs, wasRefused});
    return body;
  } catch (error) {
    if (!mayShrink(error)) throw error;
    health.appetite = afterTooMuch(health.appetite);
    const culprit = reading.batchFailed();
    if (culprit === undefined) return undefined;
    if (health.answers === answersBefore) throw error;
    reading.fail(culprit, 'no_answer', false);
    return undefined;
  }
}

/** Why a point fails whose data server does not answer, while others do. */
const SERVER_AWAY = 'server_away';

const AWAY =
  'PI Web API answers, but none of many points can be read at the moment: the data ' +
  'server behind it seems to be away. What was read until now is kept.';

/**
 * PI's window includes both its ends, ours only the first: asked for is up to the tick
 * before the end. The reader also drops what lies outside, for servers that round.
 */
function recordedRequest({id, spans, maxCount, boundary}: SubRequest): RecordedRequest {
  const [first] = spans;
  if (first === undefined) throw new RangeError('A streamset has at least one point.');
  return {
    id,
    webIds: spans.map(({point}) => point.webId),
    start: first.from,
    end: latest(first.from, previousTick(first.to)),
    maxCount,
    boundaryType: boundary,
  };
}

function* soundings(
  batch: readonly SubRequest[],
  answers: ReadonlyMap<string, SubAnswer>,
): Iterable<Sounding> {
  for (const {id, spans, maxCount} of batch) {
    const answer = answers.get(id);
    if (answer?.kind !== 'streams') continue;
    for (const {from, to, point} of spans) {
      const stream = answer.streams.get(point.webId);
      if (stream?.kind !== 'events') continue;
      const {returned, last} = stream.page;
      yield {from, to, returned, last, isFull: returned >= maxCount};
    }
  }
}

async function takeAnswers(
  batch: readonly SubRequest[],
  answers: ReadonlyMap<string, SubAnswer>,
  course: Course,
): Promise<void> {
  let attempt = 0;
  let why: PassingFailure = {};
  for (const {id} of batch) {
    const answer = answers.get(id);
    if (answer?.kind === 'streams') await deliver(id, answer.streams, course);
    if (answer?.kind !== 'failed') continue;
    attempt = Math.max(attempt, refused(id, answer, course));
    why = graver(why, {status: answer.status, askedMs: answer.retryAfterMs});
  }
  if (attempt > 0) await course.tools.archive.backoff(attempt, why);
}

const NOT_ANSWERED = {reason: 'not_answered', lasting: false};

async function deliver(
  id: string,
  streams: ReadonlyMap<string, PointAnswer>,
  course: Course,
): Promise<void> {
  for (const span of course.reading.spansOf(id)) {
    const stream = streams.get(span.point.webId);
    if (stream?.kind === 'events') {
      await deliverPage({id, span}, stream, course);
      continue;
    }
    const {reason, lasting} = stream ?? NOT_ANSWERED;
    course.reading.fail(span, reason, lasting);
  }
}

async function deliverPage(
  {id, span}: {readonly id: string; readonly span: PointSpan},
  stream: Extract<PointAnswer, {kind: 'events'}>,
  {reading, writer, counts}: Course,
): Promise<void> {
  const parts = reading.partsOf(span, stream.page);
  const before = {events: writer.written, notGood: writer.buffer.notGood};
  const writing = stream.write(writer.buffer, span, parts);
  while (writing.next().done !== true) await writer.flush();
  const isLast = reading.delivered(id, span, stream.page);
  const isHeld = isLast && parts.withoutNewest;
  const held = {events: isHeld ? 1 : 0, bad: isHeld && !stream.isNewestGood ? 1 : 0};
  note(counts, span, {
    events: writer.written - before.events + held.events,
    notGood: writer.buffer.notGood - before.notGood + held.bad,
    last: stream.newestBefore(span.to),
  });
}

/** Adds what a page brought. What is read aside lies before the span and counts not. */
function note(counts: SpanCounts, span: PointSpan, page: SpanCount): void {
  if (span.aside !== undefined) return;
  const {webId} = span.point;
  const {events, notGood, last} = counts.get(webId) ?? NOTHING;
  const isInside = page.last !== undefined && page.last >= span.from;
  counts.set(webId, {
    events: events + page.events,
    notGood: notGood + page.notGood,
    last: isInside ? page.last : last,
  });
}

/** What a refusal teaches for all requests to come. */
const LESSONS = new Map([
  [413, afterTooMuch],
  [414, afterLongUrl],
]);

/** The attempt to wait for; 0 where the rest can go on at once. */
function refused(
  id: string,
  {status, text}: Extract<SubAnswer, {kind: 'failed'}>,
  {reading, tools: {health}}: Course,
): number {
  const lesson = LESSONS.get(status);
  if (lesson !== undefined) health.appetite = lesson(health.appetite);
  const treatment = treatmentOf(status);
  const step = reading.failed(id, {...treatment, reason: String(status), text});
  if (step === 'everybody') throw refusal(treatment, status);
  return step;
}

function refusal({failure, message}: Treatment, status: number): Error {
  const Failure = failure === 'transient' ? TransientError : ConfigError;
  return new Failure(message, {details: {status}});
}
