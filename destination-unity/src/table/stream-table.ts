import {
  ConfigError,
  streamKey,
  type ConfiguredStream,
  type DestinationSyncMode,
  type FieldPath,
  type JsonObject,
} from 'airbyte-cdk-ts';

import {AIRBYTE_COLUMNS, AIRBYTE_MEMBERS} from './airbyte-columns';
import {columnType, type NumberType} from './column-type';
import {nameColumns, plainObjectName} from './names';
import type {Column, TableDefinition} from './table-definition';

const MODES: ReadonlySet<DestinationSyncMode> = new Set([
  'append',
  'overwrite',
  'append_dedup',
] as const);

export interface TableSettings {
  readonly catalog: string;
  /** Schema of streams without a namespace. */
  readonly schema: string;
  readonly numberType: NumberType;
}

/**
 * The table a stream asks for, as if nothing were stored yet.
 *
 * Key and cursor columns come right after Airbyte's four: only the first 32 columns of a
 * Delta table get statistics by default. Rejects with a `ConfigError` what a table cannot
 * do for the stream.
 */
export function streamTable(
  stream: ConfiguredStream,
  settings: TableSettings,
): TableDefinition {
  checkMode(stream);
  const types = memberTypes(stream, settings.numberType);
  const names = nameColumns([...types.keys()]);
  const columns = [...types].map(([member, type]): Column => ({
    name: names.get(member) ?? member,
    type,
    member,
  }));
  const cursor = stream.cursorField[0];
  return {
    name: {
      catalog: plainObjectName(settings.catalog),
      schema: plainObjectName(stream.descriptor.namespace ?? settings.schema),
      table: plainObjectName(stream.descriptor.name),
    },
    columns: [...AIRBYTE_COLUMNS, ...columns],
    key: keyMembers(stream).map((member) => names.get(member) ?? member),
    cursor: cursor === undefined ? undefined : cursorName(stream, types, names),
    origin: streamKey(stream.descriptor),
  };
}

function checkMode({descriptor, destinationSyncMode}: ConfiguredStream): void {
  if (MODES.has(destinationSyncMode)) return;
  throw new ConfigError(
    `Stream "${descriptor.name}" asks for the mode ${destinationSyncMode}, which tables ` +
      'do not offer. Choose append, overwrite or append_dedup.',
  );
}

/** Members in the order of their columns: key, cursor, then as declared. */
function memberTypes(
  stream: ConfiguredStream,
  numberType: NumberType,
): ReadonlyMap<string, Column['type']> {
  const declared = stream.jsonSchema['properties'];
  const properties = (
    typeof declared === 'object' && declared !== null ? declared : {}
  ) as JsonObject;
  const cursor = stream.cursorField.length === 1 ? stream.cursorField : [];
  const declaredCursor = cursor.filter((member) => Object.hasOwn(properties, member));
  const members = [
    ...keyMembers(stream),
    ...declaredCursor,
    ...Object.keys(properties),
  ].filter((member) => !AIRBYTE_MEMBERS.has(member));
  return new Map(
    members.map((member) => [
      member,
      columnType(
        Object.hasOwn(properties, member) ? properties[member] : undefined,
        numberType,
      ),
    ]),
  );
}

function keyMembers(stream: ConfiguredStream): readonly string[] {
  const isDedup = stream.destinationSyncMode === 'append_dedup';
  const usable = stream.primaryKey.filter((path) => path.length === 1);
  if (isDedup && usable.length < stream.primaryKey.length) {
    throw new ConfigError(
      `Stream "${stream.descriptor.name}" has a primary key inside a nested object, ` +
        'which a table cannot compare. Choose top-level fields or the mode append.',
    );
  }
  return usable.flatMap((path: FieldPath) => path);
}

/** JSON text has no useful order, so such a cursor is none. */
function cursorName(
  stream: ConfiguredStream,
  types: ReadonlyMap<string, Column['type']>,
  names: ReadonlyMap<string, string>,
): string | undefined {
  const [member = '', ...rest] = stream.cursorField;
  const type = types.get(member);
  if (rest.length > 0 || type === undefined || type === 'json') return undefined;
  return names.get(member);
}
