import type {
  ExtraColumn,
  Story,
  StoryMessage,
  StoryRow,
  StoryStream,
  StorySync,
} from './story';

/** How far the source has to go back: by stream, the position of its last state. */
export type Positions = readonly number[];

/** One attempt of a sync, as the source makes it. */
export interface FeedOrder {
  readonly story: Story;
  readonly sync: StorySync;
  /** Number of the attempt over the whole story: rows tell which one sent them. */
  readonly attempt: number;
  /** Where each stream goes on. */
  readonly from: Positions;
}

/** What the source does: it says a line, or lets time pass. */
export type FeedStep =
  | {readonly kind: 'line'; readonly line: string; readonly row?: StoryRow}
  | {readonly kind: 'pause'};

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 2, 5);

/** The messages of an attempt: what lies before the last states is not said again. */
export function* feed(order: FeedOrder): Generator<FeedStep> {
  let emitted = 0;
  for (const message of order.sync.messages) {
    if (message.kind === 'pause') {
      yield {kind: 'pause'};
      continue;
    }
    emitted += 1;
    const step = stepOf(message, emitted, order);
    if (step !== undefined) yield step;
  }
}

/** Undefined for what has been said in an earlier attempt. */
function stepOf(
  message: Exclude<StoryMessage, {kind: 'pause'}>,
  emitted: number,
  order: FeedOrder,
): FeedStep | undefined {
  const {story, attempt} = order;
  const stream = story.streams[message.stream];
  if (stream === undefined) return undefined;
  const emittedAt = START_MS + attempt * MINUTE_MS + emitted;
  const position = positionOf(order, message);
  switch (message.kind) {
    case 'complete':
      return said(completeOf(stream, emittedAt));
    case 'state':
      return message.position < position ? undefined : said(stateOf(stream, message));
    case 'row': {
      const row = rowAt(order.sync, message);
      if (row === undefined || message.index < position) return undefined;
      return {kind: 'line', row, line: recordLine({stream, row, attempt, emittedAt})};
    }
  }
}

function positionOf({from}: FeedOrder, {stream}: {readonly stream: number}): number {
  return from[stream] ?? 0;
}

function rowAt(
  {parts}: StorySync,
  {stream, index}: {readonly stream: number; readonly index: number},
): StoryRow | undefined {
  return parts[stream]?.rows[index];
}

interface RecordOrder {
  readonly stream: StoryStream;
  readonly row: StoryRow;
  readonly attempt: number;
  readonly emittedAt: number;
}

function recordLine({stream, row, attempt, emittedAt}: RecordOrder): string {
  const data = recordData(row, attempt);
  const record = {...descriptorOf(stream), emitted_at: emittedAt, data};
  return JSON.stringify({type: 'RECORD', record});
}

function said(message: unknown): FeedStep {
  return {kind: 'line', line: JSON.stringify(message)};
}

function recordData({extras, at, ...row}: StoryRow, attempt: number): unknown {
  return {...row, at: at === null ? null : isoMicros(at), sent_in: attempt, ...extras};
}

function isoMicros(micros: number): string {
  const seconds = new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19);
  return `${seconds}.${String(micros % 1_000_000).padStart(6, '0')}Z`;
}

function stateOf(stream: StoryStream, {position}: {position: number}): unknown {
  const descriptor = {
    name: stream.name,
    ...(stream.namespace === undefined ? {} : {namespace: stream.namespace}),
  };
  return {
    type: 'STATE',
    state: {
      type: 'STREAM',
      stream: {stream_descriptor: descriptor, stream_state: {position}},
    },
  };
}

function completeOf({name, namespace}: StoryStream, emittedAt: number): unknown {
  return {
    type: 'TRACE',
    trace: {
      type: 'STREAM_STATUS',
      emitted_at: emittedAt,
      stream_status: {
        stream_descriptor: {name, ...(namespace === undefined ? {} : {namespace})},
        status: 'COMPLETE',
      },
    },
  };
}

function descriptorOf({name, namespace}: StoryStream): Record<string, string> {
  return {stream: name, ...(namespace === undefined ? {} : {namespace})};
}

/** Generations of a stream in an attempt; undefined where the platform counts none. */
export interface Generations {
  readonly generationId: number;
  readonly minimumGenerationId: number;
}

/** The configured catalog of an attempt. */
export function catalogOf(
  {streams}: Story,
  sync: StorySync,
  generations: readonly (Generations | undefined)[],
): unknown {
  return {
    streams: streams.map((stream, number) => {
      const counted = generations[number];
      return {
        stream: {
          name: stream.name,
          ...(stream.namespace === undefined ? {} : {namespace: stream.namespace}),
          json_schema: schemaOf(sync.parts[number]?.extras ?? []),
          supported_sync_modes: ['full_refresh', 'incremental'],
        },
        sync_mode: stream.kind.startsWith('overwrite') ? 'full_refresh' : 'incremental',
        destination_sync_mode: stream.kind.replace(/_whole|_uncounted/, ''),
        cursor_field: ['at'],
        primary_key: stream.key.map((name) => [name]),
        sync_id: 7,
        ...(counted === undefined
          ? {}
          : {
              generation_id: counted.generationId,
              minimum_generation_id: counted.minimumGenerationId,
            }),
      };
    }),
  };
}

function schemaOf(extras: readonly ExtraColumn[]): unknown {
  const nullable = (type: string): unknown => ({type: ['null', type]});
  return {
    type: 'object',
    properties: {
      serial: {type: 'integer'},
      sent_in: {type: 'integer'},
      id: {type: 'integer', description: 'Number of the thing.'},
      part: nullable('string'),
      at: {
        type: ['null', 'string'],
        format: 'date-time',
        airbyte_type: 'timestamp_with_timezone',
      },
      value: nullable('number'),
      label: {type: 'string'},
      ...Object.fromEntries(extras.map(({name, type}) => [name, nullable(type)])),
    },
  };
}
