import {ConfigError} from '../errors';
import {
  isJsonObject,
  objectMember,
  stringMember,
  type Json,
  type JsonObject,
} from '../protocol/json';

/**
 * The configured catalog that syncs each stream of a `discover` in the best way it
 * offers: incremental streams are merged by their key, or appended where they have none;
 * the others replace their table. Generations are left out, so that each sync of such a
 * stream replaces what is there.
 *
 * @param lines What `discover` printed.
 * @param names The streams wanted; none means all.
 *
 * Throws a `ConfigError` where there is no catalog, or no stream of a name.
 */
export function configuredCatalog(
  lines: readonly string[],
  names: readonly string[],
): JsonObject {
  const offered = streamsOf(lines);
  const known = offered.map(nameOf);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new ConfigError(
      `There is no stream ${unknown.join(', ')}. The source has: ${known.join(', ')}.`,
    );
  }
  const wanted = offered.filter(
    (stream) => names.length === 0 || names.includes(nameOf(stream)),
  );
  return {streams: wanted.map(configured)};
}

function configured(stream: JsonObject): JsonObject {
  const modes = listOf(stream['supported_sync_modes']);
  const key = listOf(stream['source_defined_primary_key']);
  const isIncremental = modes.includes('incremental');
  const whenIncremental = key.length > 0 ? 'append_dedup' : 'append';
  return {
    stream,
    sync_mode: isIncremental ? 'incremental' : 'full_refresh',
    destination_sync_mode: isIncremental ? whenIncremental : 'overwrite',
    cursor_field: listOf(stream['default_cursor_field']),
    primary_key: key,
  };
}

function streamsOf(lines: readonly string[]): readonly JsonObject[] {
  for (const line of lines) {
    const catalog = catalogOf(line);
    if (catalog !== undefined) return listOf(catalog['streams']).filter(isJsonObject);
  }
  throw new ConfigError('There is no catalog in the input. What does discover print?');
}

function catalogOf(line: string): JsonObject | undefined {
  if (!line.includes('"CATALOG"')) return undefined;
  try {
    const message = JSON.parse(line) as Json;
    return isJsonObject(message) ? objectMember(message, 'catalog') : undefined;
  } catch {
    return undefined;
  }
}

function nameOf(stream: JsonObject): string {
  return stringMember(stream, 'name') ?? '';
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
