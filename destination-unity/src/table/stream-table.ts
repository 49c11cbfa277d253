import {
  ConfigError,
  streamKey,
  type ConfiguredStream,
  type DestinationSyncMode,
  type FieldPath,
  type Json,
} from 'airbyte-cdk-ts';

import {AIRBYTE_COLUMNS, AIRBYTE_MEMBERS} from './airbyte-columns';
import {columnType, isNullable, type NumberType} from './column-type';
import {columnComment, tableComment} from './comments';
import {nameColumns, plainObjectName} from './names';
import type {Column, TableDefinition} from './table-definition';

const MODES: ReadonlySet<DestinationSyncMode> = new Set([
  'append',
  'overwrite',
  'append_dedup',
] as const);

export interface TableSettings {
  /** As it stands in the lake. */
  readonly catalog: string;
  /** Schema of streams without a namespace, as it stands in the lake. */
  readonly schema: string;
  readonly numberType: NumberType;
  /** Whether rows that the source reports as deleted leave a deduplicated table. */
  readonly cdcDeletion: 'hard' | 'soft';
}

/** Member with the time at which a row was deleted, as sources of change data send it. */
const DELETED_AT = '_ab_cdc_deleted_at';

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
  const columns = memberColumns(stream, settings.numberType);
  const byMember = new Map(columns.map((column) => [column.member, column]));
  const key = keyMembers(stream);
  return {
    name: {
      catalog: settings.catalog,
      schema:
        stream.descriptor.namespace === undefined
          ? settings.schema
          : plainObjectName(stream.descriptor.namespace),
      table: plainObjectName(stream.descriptor.name),
    },
    columns: [...AIRBYTE_COLUMNS, ...columns],
    key: key.map((member) => byMember.get(member)?.name ?? member),
    cursor: cursorName(stream, byMember),
    origin: streamKey(stream.descriptor),
    deletion: isDeleting(stream, settings) ? byMember.get(DELETED_AT)?.name : undefined,
    comment: tableComment(stream),
  };
}

function isDeleting(
  {destinationSyncMode, primaryKey}: ConfiguredStream,
  {cdcDeletion}: TableSettings,
): boolean {
  const isMerged = destinationSyncMode === 'append_dedup' && primaryKey.length > 0;
  return isMerged && cdcDeletion === 'hard';
}

function checkMode({descriptor, destinationSyncMode}: ConfiguredStream): void {
  if (MODES.has(destinationSyncMode)) return;
  throw new ConfigError(
    `Stream "${descriptor.name}" asks for the mode ${destinationSyncMode}, which tables ` +
      'do not offer. Choose append, overwrite or append_dedup.',
  );
}

/** The columns of the members: key, cursor, then as declared. */
function memberColumns(
  stream: ConfiguredStream,
  numberType: NumberType,
): readonly Column[] {
  const schemas = declaredSchemas(stream);
  const key = new Set(keyMembers(stream));
  const cursor = stream.cursorField.length === 1 ? stream.cursorField : [];
  const declaredCursor = cursor.filter((member) => schemas.has(member));
  const members = new Set([...key, ...declaredCursor, ...schemas.keys()]);
  for (const member of AIRBYTE_MEMBERS) members.delete(member);
  const names = nameColumns([...members]);
  return [...members].map((member): Column => {
    const schema = schemas.get(member);
    const comment = columnComment(schema);
    return {
      name: names.get(member) ?? member,
      type: columnType(schema, numberType),
      member,
      ...(comment === undefined ? {} : {comment}),
      ...(key.has(member) && !isNullable(schema) ? {isRequired: true} : {}),
    };
  });
}

function declaredSchemas({jsonSchema}: ConfiguredStream): ReadonlyMap<string, Json> {
  const declared = jsonSchema['properties'];
  const isObject = typeof declared === 'object' && declared !== null;
  return new Map(
    isObject ? Object.entries(declared as Readonly<Record<string, Json>>) : [],
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
  {cursorField}: ConfiguredStream,
  columns: ReadonlyMap<string | undefined, Column>,
): string | undefined {
  const [member, ...rest] = cursorField;
  const column = member === undefined ? undefined : columns.get(member);
  if (rest.length > 0 || column === undefined || column.type === 'json')
    return undefined;
  return column.name;
}
