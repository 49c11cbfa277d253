import type {Message} from '../run/outcome';

type SyncMode = 'full_refresh' | 'incremental';

/** A JSON Schema as far as the checks look into it. */
export interface JsonSchema {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly [key: string]: unknown;
}

/** A stream as `discover` told it; what it must have is for the checks to say. */
export interface DiscoveredStream extends Message {
  readonly name: string;
  readonly namespace?: string | null;
  readonly json_schema: JsonSchema;
  readonly supported_sync_modes?: readonly SyncMode[];
  readonly source_defined_cursor?: boolean;
  readonly default_cursor_field?: readonly string[] | null;
  readonly source_defined_primary_key?: readonly (readonly string[])[] | null;
  readonly is_resumable?: boolean;
}

export interface ConfiguredStream {
  readonly stream: DiscoveredStream;
  readonly sync_mode: SyncMode;
  readonly destination_sync_mode: string;
  readonly cursor_field?: readonly string[];
  readonly primary_key?: readonly (readonly string[])[];
}

export interface ConfiguredCatalog {
  readonly streams: readonly ConfiguredStream[];
}

/** A stream's name as the checks print it and compare it. */
export function streamName(stream: {
  readonly name: string;
  readonly namespace?: string | null | undefined;
}): string {
  const {name, namespace} = stream;
  return namespace === undefined || namespace === null ? name : `${namespace}.${name}`;
}

/** Streams to be read whole. */
export function wholly(streams: readonly DiscoveredStream[]): ConfiguredCatalog {
  return {streams: streams.map((stream) => configured(stream, 'full_refresh'))};
}

/** The streams that can be read incrementally, to be read so. */
export function incrementally(streams: readonly DiscoveredStream[]): ConfiguredCatalog {
  return {
    streams: streams
      .filter(({supported_sync_modes: modes}) => modes?.includes('incremental'))
      .map((stream) => configured(stream, 'incremental')),
  };
}

function configured(stream: DiscoveredStream, mode: SyncMode): ConfiguredStream {
  const {default_cursor_field: cursor, source_defined_primary_key: key} = stream;
  return {
    stream,
    sync_mode: mode,
    destination_sync_mode: 'append',
    ...(cursor ? {cursor_field: cursor} : {}),
    ...(key ? {primary_key: key} : {}),
  };
}
