import {NO_RESULT} from '../wire/answers/answer';
import {readType, storedAs} from './column-types';
import {quoted} from './sql-expression';
import type {SqlReader} from './sql-reader';
import {type Shape, shape, type StandInParts} from './statement';
import {type StandInColumn, type StandInTable, tableOf} from './tables';

/** Statements that make schemas and tables, and take tables away. */
export const TABLE_SHAPES: readonly Shape[] = [
  shape('CREATE SCHEMA IF NOT EXISTS', async (reader, {tables, engine}) => {
    const names = reader.names();
    reader.end();
    tables.createSchema(names);
    const schema = quoted(names.join('.').toLowerCase());
    await engine.inTurn((query) => query(`CREATE SCHEMA IF NOT EXISTS ${schema}`));
    return NO_RESULT;
  }),
  shape('CREATE TABLE IF NOT EXISTS', async (reader, parts) => {
    const declared = readDeclaration(reader);
    if (parts.tables.find(declared.names) === undefined) {
      await create(tableFrom(declared), parts);
    }
    return NO_RESULT;
  }),
  shape('DROP TABLE IF EXISTS', async (reader, parts) => {
    const names = reader.names();
    reader.end();
    const table = parts.tables.find(names);
    if (table !== undefined) await drop(table, parts);
    return NO_RESULT;
  }),
];

interface Declaration {
  readonly names: readonly string[];
  readonly columns: readonly StandInColumn[];
  readonly clustering: readonly string[];
  readonly comment: string | undefined;
  readonly properties: ReadonlyMap<string, string>;
}

/** `` `name` TYPE [NOT NULL] [COMMENT '..'] ``. */
export function readColumn(reader: SqlReader): StandInColumn {
  const name = reader.name();
  const type = readType(reader);
  const isRequired = reader.takes('NOT NULL');
  const comment = reader.takes('COMMENT') ? reader.text() : undefined;
  return {name, type, isRequired, comment};
}

/** `('key' = 'value', ..)`. */
export function readProperties(reader: SqlReader): ReadonlyMap<string, string> {
  reader.expect('(');
  const pairs = reader.list((): [string, string] => {
    const key = reader.text();
    reader.expect('=');
    return [key, reader.text()];
  });
  reader.expect(')');
  return new Map(pairs);
}

/** `CLUSTER BY NONE` or `CLUSTER BY (..)`, the first two words read. */
export function readClustering(reader: SqlReader): readonly string[] {
  return reader.takes('NONE') ? [] : reader.nameList();
}

function readDeclaration(reader: SqlReader): Declaration {
  const names = reader.names();
  reader.expect('(');
  const columns = reader.list(() => readColumn(reader));
  reader.expect(')');
  reader.expect('USING DELTA');
  const clustering = reader.takes('CLUSTER BY') ? readClustering(reader) : [];
  const comment = reader.takes('COMMENT') ? reader.text() : undefined;
  const properties = reader.takes('TBLPROPERTIES') ? readProperties(reader) : [];
  reader.end();
  return {names, columns, clustering, comment, properties: new Map(properties)};
}

function tableFrom(declared: Declaration): StandInTable {
  const {names, columns, clustering, comment, properties} = declared;
  return {
    fullName: names.join('.').toLowerCase(),
    schema: (names.at(-2) ?? '').toLowerCase(),
    name: (names.at(-1) ?? '').toLowerCase(),
    columns: [...columns],
    properties: new Map(properties),
    tags: new Map(),
    files: new Map(),
    clustering,
    primaryKey: [],
    comment,
    rewrites: 0,
  };
}

/** Two may find the table missing at once; the first makes it. */
async function create(
  table: StandInTable,
  {tables, engine}: StandInParts,
): Promise<void> {
  const columns = table.columns.map(
    ({name, type, isRequired}) =>
      `${quoted(name)} ${storedAs(type)}${isRequired ? ' NOT NULL' : ''}`,
  );
  await engine.inTurn(async (query) => {
    if (tables.find(table.fullName.split('.')) !== undefined) return;
    await query(`CREATE TABLE ${tableOf(table)} (${columns.join(', ')})`);
    tables.add(table);
  });
}

async function drop(table: StandInTable, parts: StandInParts): Promise<void> {
  const {tables, engine, onCommit} = parts;
  await engine.inTurn(async (query) => {
    if (!tables.has(table)) return;
    await query(`DROP TABLE ${tableOf(table)}`);
    tables.remove(table);
    await onCommit({kind: 'drop', table, files: []}, query);
  });
}
