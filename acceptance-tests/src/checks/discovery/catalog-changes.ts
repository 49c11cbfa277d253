import {differences} from '../../schema/differences';
import {isSchema, typesOf} from '../../schema/walk';
import {streamName, type DiscoveredStream, type JsonSchema} from '../../stage/catalog';

/**
 * What a new catalog takes away from people who sync by the old one: a stream or a field
 * that is gone, another type, key, cursor or namespace, a mode that is no more. What is
 * new takes nothing away.
 */
export function catalogBreaks(
  old: readonly DiscoveredStream[],
  now: readonly DiscoveredStream[],
): readonly string[] {
  const byName = new Map(now.map((stream) => [streamName(stream), stream]));
  return old.flatMap((before) => {
    const name = streamName(before);
    const after = byName.get(name);
    if (after !== undefined) {
      return streamBreaks(before, after).map((text) => `${name}: ${text}`);
    }
    const moved = now.find((stream) => stream.name === before.name);
    return moved === undefined
      ? [`${name}: the stream is gone`]
      : [`${name}: the stream became ${streamName(moved)}`];
  });
}

function streamBreaks(
  before: DiscoveredStream,
  after: DiscoveredStream,
): readonly string[] {
  const modes = (before.supported_sync_modes ?? []).filter(
    (mode) => !after.supported_sync_modes?.includes(mode),
  );
  return [
    ...fieldBreaks(before.json_schema, after.json_schema, ''),
    ...changed('the primary key', [
      before.source_defined_primary_key ?? [],
      after.source_defined_primary_key ?? [],
    ]),
    ...changed('the default cursor', [
      before.default_cursor_field ?? [],
      after.default_cursor_field ?? [],
    ]),
    ...modes.map((mode) => `the mode ${mode} is gone`),
    ...(before.is_resumable === true && after.is_resumable !== true
      ? ['the stream is no longer resumable']
      : []),
  ];
}

function changed(
  what: string,
  [before, after]: readonly [unknown, unknown],
): readonly string[] {
  return differences(before, after).length === 0
    ? []
    : [`${what} ${JSON.stringify(before)} became ${JSON.stringify(after)}`];
}

function fieldBreaks(
  old: JsonSchema,
  now: JsonSchema,
  path: string,
): readonly string[] {
  return [
    ...typeBreaks(old, now).map((text) => (path === '' ? text : `${path}: ${text}`)),
    ...Object.entries(old.properties ?? {}).flatMap(([name, before]) => {
      const after = now.properties?.[name];
      const place = path === '' ? name : `${path}.${name}`;
      return after === undefined
        ? [`the field ${place} is gone`]
        : fieldBreaks(before, after, place);
    }),
    ...elementBreaks(old, now, path),
  ];
}

function elementBreaks(
  {items: before}: JsonSchema,
  {items: after}: JsonSchema,
  path: string,
): readonly string[] {
  return isSchema(before) && isSchema(after)
    ? fieldBreaks(before, after, `${path}[]`)
    : [];
}

/** A type may be allowed to be null as well; it may become nothing else. */
function typeBreaks(old: JsonSchema, now: JsonSchema): readonly string[] {
  const [before, after] = [new Set(typesOf(old)), new Set(typesOf(now))];
  if (!Array.isArray(old.type)) after.delete('null');
  if (!Array.isArray(old.type)) before.delete('null');
  const isSame =
    before.size === after.size && [...before].every((type) => after.has(type));
  return [
    ...(isSame
      ? []
      : [`the type ${JSON.stringify(old.type)} became ${JSON.stringify(now.type)}`]),
    ...['format', 'airbyte_type'].flatMap((keyword) =>
      changed(`its ${keyword}`, [old[keyword] ?? null, now[keyword] ?? null]),
    ),
  ];
}
