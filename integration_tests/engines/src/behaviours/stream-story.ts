type JsonObject = Readonly<Record<string, unknown>>;

/** A record with what is not boring about it; its data may be JSON text as it is to be sent. */
export interface Emitted {
  readonly data: object | string;
  /** Seconds after the boring time; may have decimals. */
  readonly secondsLater?: number;
  /** Changes that the source itself made. */
  readonly changes?: readonly unknown[];
}

/** A record: its data, JSON text of its data, or a `SentWith`. */
export type Sent = object | string;

/** Marks a record that says more than its data. */
export class SentWith {
  constructor(readonly emitted: Emitted) {}
}

export function emitted(
  data: Emitted['data'],
  more: Omit<Emitted, 'data'> = {},
): SentWith {
  return new SentWith({data, ...more});
}

/** What one stream does in one sync. */
export interface StreamStory {
  readonly name: string;
  readonly namespace?: string;
  readonly mode?: 'append' | 'append_dedup' | 'overwrite';
  readonly properties?: JsonObject;
  /** More members of the stream's JSON Schema. */
  readonly schema?: JsonObject;
  readonly key?: readonly string[];
  readonly cursor?: string;
  /** Generation id and smallest generation to keep; `none`: the caller counts none. */
  readonly generation?: readonly [id: number, minimum: number] | 'none';
  /** Each is followed by a state, which must come back before the next batch is sent. */
  readonly batches?: readonly (readonly Sent[])[];
  readonly ending?: 'COMPLETE' | 'INCOMPLETE' | 'none';
}

/** When boring records are emitted: 2026-01-01T00:00:00Z. */
const EMITTED_MS = 1_767_225_600_000;

const ID_AND_NAME = {id: {type: 'integer'}, name: {type: ['null', 'string']}};

/** The configured catalog of these streams. */
export function catalogOf(stories: readonly StreamStory[]): unknown {
  return {streams: stories.map(configured)};
}

const BORING = {
  mode: 'append',
  key: [],
  properties: ID_AND_NAME,
  schema: {},
  generation: [1, 0],
} as const;

function configured(story: StreamStory): unknown {
  const {mode, key, properties, schema, generation} = {...BORING, ...story};
  const syncMode = mode === 'overwrite' ? 'full_refresh' : 'incremental';
  return {
    stream: {
      ...descriptorOf(story),
      json_schema: {type: 'object', ...schema, properties},
      supported_sync_modes: [syncMode],
    },
    sync_mode: syncMode,
    destination_sync_mode: mode,
    primary_key: key.map((member) => [member]),
    cursor_field: story.cursor === undefined ? [] : [story.cursor],
    ...(generation === 'none'
      ? {}
      : {generation_id: generation[0], minimum_generation_id: generation[1]}),
    sync_id: 7,
  };
}

/** Name and namespace of a stream, as messages have them. */
type Descriptor = Pick<StreamStory, 'name'> & {readonly namespace?: string | undefined};

function descriptorOf({name, namespace}: Descriptor): JsonObject {
  return namespace === undefined ? {name} : {name, namespace};
}

/** The line of a record. */
export function recordLine({name, namespace}: StreamStory, sent: Sent): string {
  const {data, secondsLater = 0, changes} = emittedOf(sent);
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  const space =
    namespace === undefined ? '' : `"namespace":${JSON.stringify(namespace)},`;
  const meta = changes === undefined ? '' : `,"meta":${JSON.stringify({changes})}`;
  return (
    `{"type":"RECORD","record":{"stream":${JSON.stringify(name)},${space}` +
    `"emitted_at":${EMITTED_MS + secondsLater * 1000},"data":${text}${meta}}}`
  );
}

/** The line of a state; what it holds is the number of the batch before it. */
export function stateLine(
  stream: Descriptor,
  {batch, records}: {readonly batch: number; readonly records: number},
): string {
  return JSON.stringify({type: 'STATE', state: stateOf(stream, {batch, records})});
}

/** The state that `stateLine` sends. */
export function stateOf(
  stream: Descriptor,
  {batch, records}: {readonly batch: number; readonly records: number},
): JsonObject {
  return {
    type: 'STREAM',
    stream: {stream_descriptor: descriptorOf(stream), stream_state: {batch}},
    sourceStats: {recordCount: records},
  };
}

/** The line that tells how a stream ended. */
export function statusLine(
  stream: Descriptor,
  status: 'COMPLETE' | 'INCOMPLETE',
): string {
  const stream_status = {stream_descriptor: descriptorOf(stream), status};
  return JSON.stringify({
    type: 'TRACE',
    trace: {type: 'STREAM_STATUS', emitted_at: EMITTED_MS, stream_status},
  });
}

function emittedOf(sent: Sent): Emitted {
  if (sent instanceof SentWith) return sent.emitted;
  return {data: sent};
}
