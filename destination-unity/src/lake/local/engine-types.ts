import {ConfigError} from 'airbyte-cdk-ts';

import {identifier, literals} from '../../parquet/engine-sql';
import type {SchemaField} from './table-schema';

const PRIMITIVES: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  boolean: 'BOOLEAN',
  byte: 'TINYINT',
  short: 'SMALLINT',
  integer: 'INTEGER',
  long: 'BIGINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  binary: 'BLOB',
  date: 'DATE',
  timestamp: 'TIMESTAMPTZ',
  timestamp_ntz: 'TIMESTAMP',
};

/** The engine's type for a type of Delta's, columns of others' tables included. */
function engineType(type: unknown): string {
  if (typeof type === 'string') return primitiveType(type);
  const nested = type as NestedType;
  switch (nested.type) {
    case 'array':
      return `${engineType(nested.elementType)}[]`;
    case 'map':
      return `MAP(${engineType(nested.keyType)}, ${engineType(nested.valueType)})`;
    case 'struct':
      return `STRUCT(${nested.fields.map((field) => `${identifier(field.name)} ${engineType(field.type)}`).join(', ')})`;
  }
}

type NestedType =
  | {readonly type: 'array'; readonly elementType: unknown}
  | {readonly type: 'map'; readonly keyType: unknown; readonly valueType: unknown}
  | {readonly type: 'struct'; readonly fields: readonly SchemaField[]};

function primitiveType(type: string): string {
  if (/^decimal\(\d+, ?\d+\)$/.test(type)) return type.toUpperCase();
  const known = PRIMITIVES[type];
  if (known !== undefined) return known;
  throw new ConfigError(
    `The table has a column of the type ${type}, which this connector cannot copy.`,
  );
}

/**
 * A relation of the files' rows with exactly the table's columns, besides `filename` and
 * `file_row_number`. Columns that a file lacks, as they were added later, are NULL.
 */
export function rowsOf(
  files: readonly string[],
  fields: readonly SchemaField[],
): string {
  const columns = fields.map(
    ({name, type}) => `NULL::${engineType(type)} AS ${identifier(name)}`,
  );
  if (files.length === 0) {
    const places = ['NULL::VARCHAR AS filename', 'NULL::BIGINT AS file_row_number'];
    return `(SELECT ${[...columns, ...places].join(', ')} WHERE false)`;
  }
  return (
    `(SELECT ${columns.join(', ')} WHERE false UNION ALL BY NAME SELECT * FROM ` +
    `read_parquet(${literals(files)}, union_by_name = true, filename = true, ` +
    'file_row_number = true))'
  );
}
