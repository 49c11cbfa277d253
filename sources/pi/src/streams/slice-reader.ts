import {ConfigError, type LineSink, TransientError} from 'airbyte-cdk-ts';

import type {Archive, RecordedRequest} from '../client/archive';
import {mayShrink} from '../client/failure';
import {type Treatment, treatmentOf} from '../client/treatment';
import type {ReadLimits} from '../sync/groups';
import {latest, previousTick} from '../sync/instants';
import {
  type PointSpan,
  type ReadFailure,
  SliceReading,
  type SubRequest,
} from '../sync/slice-reading';
import type {Sounding} from '../sync/windows';
import {
  LineBuffer,
  type PointAnswer,
  type SubAnswer,
  type ValueReader,
} from '../values/value-reader';

/** What a slice is read with. */
export interface SliceTools {
  readonly archive: Archive;
  readonly reader: ValueReader;
  readonly limits: ReadLimits;
  readonly lines: LineSink;
  readonly health: ServerHealth;
}

/** Shared by all slices of a stream: whether the server answers at all. */
export interface ServerHealth {
  answers: number;
}

/** What became of the spans of a slice. */
export interface SliceResult {
  readonly events: number;
  /** The other points were delivered to the ends of their spans. */
  readonly failures: readonly ReadFailure[];
  /** Where the spans end now: earlier than asked where the slice was too large. */
  readonly spans: readonly PointSpan[];
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
  const reading = new SliceReading(spans, tools.limits);
  const writer = new LineWriter(tools.lines);
  const course = {reading, writer, tools, answersBefore: tools.health.answers};
  let isFirst = true;
  for (let batch = reading.next(); batch.length > 0; batch = reading.next()) {
    const body = await ask(batch, course);
    if (body === undefined) continue;
    const answers = tools.reader.open(body, batch);
    if (isFirst) reading.shorten(soundings(batch, answers));
    isFirst = false;
    await takeAnswers(batch, answers, course);
    if (reading.isServerAway) throw new TransientError(AWAY);
  }
  await writer.flush();
  return {
    events: writer.events,
    failures: reading.failures,
    spans: reading.shortened(spans),
  };
}

interface Course {
  readonly reading: SliceReading;
  readonly writer: LineWriter;
  readonly tools: SliceTools;
  /** How many answers there were when the slice began. */
  readonly answersBefore: number;
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
    const body = await archive.recorded(batch.map(recordedRequest));
    health.answers += 1;
    return body;
  } catch (error) {
    if (!mayShrink(error)) throw error;
    const culprit = reading.batchFailed();
    if (culprit === undefined) return undefined;
    if (health.answers === answersBefore) throw error;
    reading.fail(culprit, 'no_answer', false);
    return undefined;
  }
}

const AWAY =
  'PI Web API answers, but none of many points can be read at the moment: the data ' +
  'server behind it seems to be away. What was read until now is kept.';

/**
 * PI's window includes both its ends, ours only the first: asked for is up to the tick
 * before the end. The reader also drops what lies outside, for servers that round.
 */
function recordedRequest({id, spans, maxCount}: SubRequest): RecordedRequest {
  const [first] = spans;
  if (first === undefined) throw new RangeError('A streamset has at least one point.');
  return {
    id,
    webIds: spans.map(({point}) => point.webId),
    start: first.from,
    end: latest(first.from, previousTick(first.to)),
    maxCount,
    boundaryType: 'Inside',
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
  let waitMs: number | undefined;
  for (const {id} of batch) {
    const answer = answers.get(id);
    if (answer?.kind === 'streams') await deliver(id, answer.streams, course);
    if (answer?.kind !== 'failed') continue;
    attempt = Math.max(attempt, refused(id, answer, course));
    waitMs = answer.retryAfterMs ?? waitMs;
  }
  if (attempt > 0) await course.tools.archive.backoff(attempt, waitMs);
}

const NOT_ANSWERED = {reason: 'not_answered', lasting: false};

async function deliver(
  id: string,
  streams: ReadonlyMap<string, PointAnswer>,
  {reading, writer}: Course,
): Promise<void> {
  for (const span of reading.spansOf(id)) {
    const stream = streams.get(span.point.webId);
    if (stream?.kind !== 'events') {
      const {reason, lasting} = stream ?? NOT_ANSWERED;
      reading.fail(span, reason, lasting);
      continue;
    }
    const writing = stream.write(writer.buffer, span);
    while (writing.next().done !== true) await writer.flush();
    reading.delivered(id, span, stream.page);
  }
}

/** The attempt to wait for; 0 where the rest can go on at once. */
function refused(
  id: string,
  {status, text}: Extract<SubAnswer, {kind: 'failed'}>,
  {reading}: Course,
): number {
  const treatment = treatmentOf(status);
  const step = reading.failed(id, {...treatment, reason: String(status), text});
  if (step === 'everybody') throw refusal(treatment, status);
  return step;
}

function refusal({failure, message}: Treatment, status: number): Error {
  const Failure = failure === 'transient' ? TransientError : ConfigError;
  return new Failure(message, {details: {status}});
}

/** Collects the lines of many points into writes of about 64 KB. */
class LineWriter {
  readonly buffer: LineBuffer;
  events = 0;

  constructor(private readonly lines: LineSink) {
    this.buffer = new LineBuffer(lines.envelope());
  }

  async flush(): Promise<void> {
    const {text, records} = this.buffer;
    this.buffer.reset(this.lines.envelope());
    if (records === 0) return;
    this.events += records;
    await this.lines.write(text, records);
  }
}
