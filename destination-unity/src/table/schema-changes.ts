import {ConfigError} from 'airbyte-cdk-ts';

import type {ColumnType, TableDefinition} from './table-definition';

/** What a changed schema may do to a table; the values of the setting `schema_changes`. */
export type SchemaPolicy = 'apply' | 'add_only' | 'refuse';

/** A column's name and type. */
export interface TypedColumn {
  readonly name: string;
  /** Undefined for one that is never written here. */
  readonly type: ColumnType | undefined;
}

/** What becomes of one member's column. */
export type SchemaChange =
  | {readonly kind: 'added'; readonly column: TypedColumn}
  | {
      readonly kind: 'widened';
      readonly column: TypedColumn;
      readonly from: ColumnType;
    }
  /** New values go to a new column, and the old ones stay where they are. */
  | {
      readonly kind: 'moved';
      readonly column: TypedColumn;
      readonly from: TypedColumn;
    }
  /** The column stays as it is, and what it cannot hold is rescued. */
  | {
      readonly kind: 'kept';
      readonly column: TypedColumn;
      readonly wanted: ColumnType;
    };

/** The change as a part of a sentence. */
export function changeText(change: SchemaChange): string {
  const {name, type = 'a foreign type'} = change.column;
  switch (change.kind) {
    case 'added':
      return `column ${name} (${type}) is added`;
    case 'widened':
      return `column ${name} is widened from ${change.from} to ${type}`;
    case 'moved':
      return (
        `column ${name} (${type}) is added for values that column ${change.from.name} ` +
        `(${change.from.type ?? 'of a type not written here'}) cannot hold`
      );
    case 'kept':
      return (
        `column ${name} stays ${type} although the stream says ${change.wanted}: what ` +
        'does not fit is kept in _rescued_data'
      );
  }
}

/** What a user who refuses changes is told about them. */
export function refusal(
  {name}: TableDefinition,
  changes: readonly SchemaChange[],
): ConfigError {
  return new ConfigError(
    `The schema of the stream differs from table ${name.schema}.${name.table}, and ` +
      `schema_changes is "refuse". With "apply": ${changes.map(changeText).join('; ')}. ` +
      'Set schema_changes to "apply" or "add_only", or give the stream another table.',
  );
}

/** What is wrong with a key whose values would stand in two columns. */
export function keyRefusal(
  {name}: TableDefinition,
  member: string,
  columns: readonly TypedColumn[],
): ConfigError {
  const found = columns.map(
    ({name: column, type = 'of a type not written here'}) => `${column} (${type})`,
  );
  return new ConfigError(
    `The key field "${member}" does not fit the way in which table ` +
      `${name.schema}.${name.table} stores it, in ${found.join(' and ')}: rows that are ` +
      'stored could not be told from new ones. Drop the table and refresh the stream, ' +
      'correct the type in the source, or give the stream another table by a prefix or schema.',
  );
}
