import {
  streamKey,
  type ConfiguredCatalog,
  type ConfiguredStream,
  type DestinationSyncMode,
  type FieldPath,
  type StreamDescriptor,
  type SyncMode,
} from './catalog';
import {
  isJsonObject,
  numberMember,
  objectMember,
  stringMember,
  type Json,
  type JsonObject,
  type Parsed,
} from './json';

const SYNC_MODES: readonly string[] = [
  'full_refresh',
  'incremental',
] satisfies SyncMode[];
const DESTINATION_SYNC_MODES: readonly string[] = [
  'append',
  'overwrite',
  'append_dedup',
  'update',
  'soft_delete',
] satisfies DestinationSyncMode[];

/**
 * Reads a configured catalog. Members it does not know and members that are null are
 * passed over; a problem names the stream and the member, never other content.
 */
export function parseConfiguredCatalog(document: Json): Parsed<ConfiguredCatalog> {
  const entries = isJsonObject(document) ? document['streams'] : undefined;
  if (!Array.isArray(entries)) return {problem: 'it has no list `streams`'};
  const streams: ConfiguredStream[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of (entries as readonly Json[]).entries()) {
    const parsed = parseStream(entry, index);
    if ('problem' in parsed) return parsed;
    const key = streamKey(parsed.value.descriptor);
    if (seen.has(key)) return twice(parsed.value.descriptor);
    seen.add(key);
    streams.push(parsed.value);
  }
  return {value: {streams}};
}

/** Reads a `stream_descriptor`, or a stream of a catalog; undefined without a name. */
export function parseDescriptor(
  object: JsonObject | undefined,
): StreamDescriptor | undefined {
  if (object === undefined) return undefined;
  const name = stringMember(object, 'name');
  const namespace = stringMember(object, 'namespace');
  if (name === undefined) return undefined;
  return namespace === undefined ? {name} : {name, namespace};
}

function twice({name}: StreamDescriptor): {problem: string} {
  return {problem: `the stream "${name}" stands in it twice`};
}

function parseStream(entry: Json, index: number): Parsed<ConfiguredStream> {
  if (!isJsonObject(entry)) return {problem: `streams[${index}] is not an object`};
  const stream = objectMember(entry, 'stream') ?? {};
  const descriptor = parseDescriptor(stream);
  if (descriptor === undefined)
    return {problem: `streams[${index}] has no stream name`};
  const unknownMode = [
    ...unknown(entry, 'sync_mode', SYNC_MODES),
    ...unknown(entry, 'destination_sync_mode', DESTINATION_SYNC_MODES),
  ];
  if (unknownMode.length > 0) {
    return {
      problem: `the ${unknownMode.join(', ')} of "${descriptor.name}" is unknown`,
    };
  }
  return {value: configured({descriptor, stream, entry})};
}

function configured(parts: {
  descriptor: StreamDescriptor;
  stream: JsonObject;
  entry: JsonObject;
}): ConfiguredStream {
  const {descriptor, stream, entry} = parts;
  return {
    descriptor,
    jsonSchema: objectMember(stream, 'json_schema') ?? {},
    syncMode: (entry['sync_mode'] ?? 'full_refresh') as SyncMode,
    destinationSyncMode: (entry['destination_sync_mode'] ??
      'append') as DestinationSyncMode,
    cursorField: cursorInForce(stream, entry),
    primaryKey: keyInForce(stream, entry),
    generationId: numberMember(entry, 'generation_id'),
    minimumGenerationId: numberMember(entry, 'minimum_generation_id'),
    syncId: numberMember(entry, 'sync_id'),
  };
}

/** The member's name if its value is none of these; absent and null are fine. */
function unknown(
  entry: JsonObject,
  member: string,
  known: readonly string[],
): readonly string[] {
  const value = entry[member] ?? undefined;
  const isKnown = typeof value === 'string' && known.includes(value);
  return value === undefined || isKnown ? [] : [member];
}

function cursorInForce(stream: JsonObject, entry: JsonObject): FieldPath {
  const own = path(stream['default_cursor_field']);
  const chosen = path(entry['cursor_field']);
  const isSourceDefined = stream['source_defined_cursor'] === true;
  const [first, second] = isSourceDefined ? [own, chosen] : [chosen, own];
  return first.length > 0 ? first : second;
}

function keyInForce(stream: JsonObject, entry: JsonObject): readonly FieldPath[] {
  const own = paths(stream['source_defined_primary_key']);
  return own.length > 0 ? own : paths(entry['primary_key']);
}

function path(value: Json | undefined): FieldPath {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).filter((part) => typeof part === 'string');
}

function paths(value: Json | undefined): readonly FieldPath[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).map(path).filter((part) => part.length > 0);
}
