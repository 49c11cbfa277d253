import {SystemError} from 'airbyte-cdk-ts';

import {sameName} from '../../table/names';
import type {Column, ColumnType} from '../../table/table-definition';

/** A column as the log keeps it. Types of columns that others made may be nested. */
export interface SchemaField {
  readonly name: string;
  readonly type: unknown;
  readonly nullable: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Names of our own entries in a column's metadata. */
const MEMBER = 'airbyte.member';
const HOLDS = 'airbyte.holds';
/** Delta's own entry for what readers are told of a column. */
const COMMENT = 'comment';

const DELTA_TYPES: Readonly<Record<ColumnType, string>> = {
  string: 'string',
  json: 'string',
  boolean: 'boolean',
  bigint: 'long',
  double: 'double',
  decimal: 'decimal(38,9)',
  date: 'date',
  timestamp: 'timestamp',
  timestamp_ntz: 'timestamp_ntz',
};

const COLUMN_TYPES: ReadonlyMap<unknown, ColumnType> = new Map(
  Object.entries(DELTA_TYPES)
    .filter(([type]) => type !== 'json')
    .map(([type, delta]) => [delta, type as ColumnType]),
);

/** The type Delta knows a column by. */
export function deltaType(type: ColumnType): string {
  return DELTA_TYPES[type];
}

export function schemaString(fields: readonly SchemaField[]): string {
  return JSON.stringify({type: 'struct', fields});
}

export function schemaFields(text: string): readonly SchemaField[] {
  const schema = JSON.parse(text) as {fields?: readonly SchemaField[]};
  if (schema.fields !== undefined) return schema.fields;
  throw new SystemError('The schema of a Delta table cannot be read.');
}

export function fieldOf(column: Column): SchemaField {
  const {name, type} = column;
  const metadata = {
    ...knownOf(column),
    ...(type === 'json' ? {[HOLDS]: 'json'} : {}),
  };
  return {name, type: DELTA_TYPES[type], nullable: true, metadata};
}

/** What a stream knows of a column that may have been made without it. */
function knownOf({name, member, comment}: Column): Readonly<Record<string, string>> {
  return {
    ...(member === undefined || member === name ? {} : {[MEMBER]: member}),
    ...(comment === undefined ? {} : {[COMMENT]: comment}),
  };
}

/** Undefined for a column of a type we never write. */
export function columnOf({name, type, metadata}: SchemaField): Column | undefined {
  const known = COLUMN_TYPES.get(type);
  if (known === undefined) return undefined;
  const [member, comment] = [metadata[MEMBER], metadata[COMMENT]];
  return {
    name,
    type: metadata[HOLDS] === 'json' ? 'json' : known,
    member: typeof member === 'string' ? member : undefined,
    ...(typeof comment === 'string' ? {comment} : {}),
  };
}

/**
 * The fields of a table that is to have the columns: those it lacks behind those it has,
 * which keep their types and learn what the stream knows of them.
 */
export function evolvedFields(
  fields: readonly SchemaField[],
  columns: readonly Column[],
): readonly SchemaField[] {
  const known = fields.map((field): SchemaField => {
    const column = columns.find(({name}) => sameName(name, field.name));
    if (column === undefined) return field;
    const metadata = {...field.metadata, ...knownOf({...column, name: field.name})};
    return {...field, metadata};
  });
  return fieldsWith(known, columns.map(fieldOf));
}

/** The fields, and behind them those of `wanted` that are not among them yet. */
export function fieldsWith(
  fields: readonly SchemaField[],
  wanted: readonly SchemaField[],
): readonly SchemaField[] {
  const added = wanted.filter(({name}) => !fields.some((f) => sameName(f.name, name)));
  return [...fields, ...added];
}
