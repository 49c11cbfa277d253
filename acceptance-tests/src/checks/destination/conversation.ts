/** A stream of a destination as rows are asked for. */
export interface Table {
  readonly namespace: string;
  readonly stream: string;
}

export type DestinationMode = 'append' | 'overwrite' | 'append_dedup';

/** What a catalog says of one stream; members left out are left out there, too. */
export interface Entry extends Table {
  /** Properties of the schema, all nullable. */
  readonly properties: Readonly<Record<string, Property>>;
  readonly mode?: DestinationMode;
  readonly key?: readonly string[];
  readonly cursor?: string;
  /** `generation_id` and `minimum_generation_id`. */
  readonly generation?: readonly [id: number, minimum: number];
  readonly syncId?: number;
}

export interface Property {
  readonly type: string;
  readonly format?: string;
  readonly airbyte_type?: string;
}

export const INSTANT: Property = {
  type: 'string',
  format: 'date-time',
  airbyte_type: 'timestamp_with_timezone',
};

/** When the records of all conversations are said to have been read, epoch milliseconds. */
export const EMITTED_AT = Date.UTC(2026, 2, 1, 12, 30, 15, 123);

/** The catalog of a write. */
export function catalogOf(entries: readonly Entry[]): unknown {
  return {streams: entries.map(configured)};
}

function configured(entry: Entry): unknown {
  const {namespace, stream: name, properties, mode = 'append', syncId} = entry;
  const {key, cursor, generation} = entry;
  const nullable = Object.entries(properties).map(([member, {type, ...more}]) => [
    member,
    {type: ['null', type], ...more},
  ]);
  return {
    stream: {
      ...{name, namespace, supported_sync_modes: ['full_refresh', 'incremental']},
      json_schema: {
        type: 'object',
        properties: Object.fromEntries(nullable) as unknown,
      },
    },
    sync_mode: cursor === undefined ? 'full_refresh' : 'incremental',
    destination_sync_mode: mode,
    ...(cursor === undefined ? {} : {cursor_field: [cursor]}),
    ...(key === undefined ? {} : {primary_key: key.map((member) => [member])}),
    ...(generation && {
      generation_id: generation[0],
      minimum_generation_id: generation[1],
    }),
    ...(syncId === undefined ? {} : {sync_id: syncId}),
  };
}

/** What a record says besides its data. */
interface RecordMore {
  readonly emittedAt?: number;
  readonly meta?: unknown;
}

/**
 * The line of a record.
 *
 * @param data An object, or the JSON text of one where its digits matter.
 */
export function record(
  {namespace, stream}: Table,
  data: object | string,
  {emittedAt = EMITTED_AT, meta}: RecordMore = {},
): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  const head = JSON.stringify({stream, namespace, emitted_at: emittedAt});
  const tail = meta === undefined ? '' : `,"meta":${JSON.stringify(meta)}`;
  return `{"type":"RECORD","record":${head.slice(0, -1)},"data":${text}${tail}}}`;
}

/** The line of a state of one stream. */
export function state(
  {namespace, stream: name}: Table,
  content: object,
  count = 0,
): string {
  const told = {
    type: 'STREAM',
    stream: {stream_descriptor: {name, namespace}, stream_state: content},
    sourceStats: {recordCount: count},
  };
  return JSON.stringify({type: 'STATE', state: told});
}

/** The line that tells how a stream ended, or that it goes on. */
export function status({namespace, stream: name}: Table, said: string): string {
  const stream_status = {stream_descriptor: {name, namespace}, status: said};
  const trace = {type: 'STREAM_STATUS', emitted_at: EMITTED_AT, stream_status};
  return JSON.stringify({type: 'TRACE', trace});
}

export function complete(table: Table): string {
  return status(table, 'COMPLETE');
}
