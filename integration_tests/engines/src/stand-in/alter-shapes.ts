import {NO_RESULT} from '../wire/answers/answer';
import {SqlError} from '../wire/answers/sql-error';
import {isWidening, readType, storedAs} from './column-types';
import {columnExists, columnNotFound, typeChangeRefused, unsupported} from './refusals';
import {quoted} from './sql-expression';
import type {SqlReader} from './sql-reader';
import {type Shape, shape, type StandInParts} from './statement';
import {readClustering, readColumn, readProperties} from './table-shapes';
import {columnOf, type StandInColumn, type StandInTable, tableOf} from './tables';

type Alter = (
  reader: SqlReader,
  table: StandInTable,
  parts: StandInParts,
) => Promise<void> | void;

const ALTERATIONS: readonly (readonly [string, Alter])[] = [
  ['ADD COLUMNS', addColumns],
  ['ALTER COLUMN', alterColumn],
  ['SET TBLPROPERTIES', setAll('properties')],
  ['UNSET TBLPROPERTIES IF EXISTS', unsetProperties],
  ['SET TAGS', setAll('tags')],
  ['CLUSTER BY', setClustering],
  ['ADD CONSTRAINT', addPrimaryKey],
  ['DROP PRIMARY KEY IF EXISTS CASCADE', (_, table) => void (table.primaryKey = [])],
];

/** Statements that change what a table is. */
export const ALTER_SHAPES: readonly Shape[] = [
  shape('ALTER TABLE', async (reader, parts) => {
    const table = parts.tables.get(reader.names());
    const alter = ALTERATIONS.find(([phrase]) => reader.takes(phrase))?.[1];
    if (alter === undefined) throw unsupported(reader.sql);
    await alter(reader, table, parts);
    return NO_RESULT;
  }),
  shape('COMMENT ON TABLE', (reader, {tables}) => {
    const table = tables.get(reader.names());
    reader.expect('IS');
    table.comment = reader.text();
    reader.end();
    return NO_RESULT;
  }),
];

async function addColumns(
  reader: SqlReader,
  table: StandInTable,
  {engine}: StandInParts,
): Promise<void> {
  reader.expect('(');
  const columns = reader.list(() => readColumn(reader));
  reader.expect(')');
  reader.end();
  await engine.inTurn(async (query) => {
    const taken = columns.find(({name}) => columnOf(table, name) !== undefined);
    if (taken !== undefined) throw columnExists(taken.name);
    if (columns.some(({isRequired}) => isRequired)) throw unsupported(reader.sql);
    for (const column of columns) {
      const declared = `${quoted(column.name)} ${storedAs(column.type)}`;
      await query(`ALTER TABLE ${tableOf(table)} ADD COLUMN ${declared}`);
      table.columns.push(column);
    }
  });
}

async function alterColumn(
  reader: SqlReader,
  table: StandInTable,
  parts: StandInParts,
): Promise<void> {
  const name = reader.name();
  const column = columnOf(table, name);
  if (column === undefined) throw columnNotFound(name);
  if (reader.takes('COMMENT')) {
    column.comment = reader.text();
    reader.end();
    return;
  }
  if (reader.takes('DROP NOT NULL')) {
    reader.end();
    await allowNulls(table, column, parts);
    return;
  }
  reader.expect('TYPE');
  const type = readType(reader);
  reader.end();
  await changeType({table, column, type}, parts);
}

async function allowNulls(
  table: StandInTable,
  column: StandInColumn,
  {engine}: StandInParts,
): Promise<void> {
  await engine.inTurn(async (query) => {
    if (!column.isRequired) return;
    const name = quoted(column.name);
    await query(`ALTER TABLE ${tableOf(table)} ALTER COLUMN ${name} DROP NOT NULL`);
    column.isRequired = false;
  });
}

interface TypeChange {
  readonly table: StandInTable;
  readonly column: StandInColumn;
  readonly type: string;
}

async function changeType(
  {table, column, type}: TypeChange,
  {engine}: StandInParts,
): Promise<void> {
  if (column.type === type) return;
  const mayWiden = table.properties.get('delta.enableTypeWidening') === 'true';
  if (!mayWiden || !isWidening(column.type, type)) {
    throw typeChangeRefused(column.name, column.type.toUpperCase(), type.toUpperCase());
  }
  const name = quoted(column.name);
  await engine.inTurn(async (query) => {
    await query(
      `ALTER TABLE ${tableOf(table)} ALTER COLUMN ${name} TYPE ${storedAs(type)}`,
    );
    column.type = type;
  });
}

function setAll(what: 'properties' | 'tags'): Alter {
  return (reader, table) => {
    for (const [key, value] of readProperties(reader)) table[what].set(key, value);
    reader.end();
  };
}

function unsetProperties(reader: SqlReader, table: StandInTable): void {
  reader.expect('(');
  for (const key of reader.list(() => reader.text())) table.properties.delete(key);
  reader.expect(')');
  reader.end();
}

function setClustering(reader: SqlReader, table: StandInTable): void {
  const names = readClustering(reader);
  reader.end();
  for (const name of names) {
    if (columnOf(table, name) === undefined) throw columnNotFound(name);
  }
  table.clustering = names;
}

/** Never enforced, but a key column has to be NOT NULL. */
function addPrimaryKey(reader: SqlReader, table: StandInTable): void {
  reader.name();
  reader.expect('PRIMARY KEY');
  const key = reader.nameList();
  reader.end();
  for (const name of key) {
    const column = columnOf(table, name);
    if (column === undefined) throw columnNotFound(name);
    if (!column.isRequired) throw nullableKey(name);
  }
  if (table.primaryKey.length > 0) throw secondKey(table.fullName);
  table.primaryKey = key;
}

function nullableKey(name: string): SqlError {
  return new SqlError(
    'NULLABLE_PRIMARY_KEY_COLUMN',
    `Cannot create the primary key because its child column(s) \`${name}\` is nullable.`,
    '42832',
  );
}

function secondKey(table: string): SqlError {
  return new SqlError(
    'TABLE_ALREADY_HAS_PRIMARY_KEY',
    `Table ${table} has a primary key already.`,
    '42710',
  );
}
