import {sameName} from '../../table/names';
import type {Column, TableDefinition, TableName} from '../../table/table-definition';
import type {LoadedColumn} from './sql/load-statements';
import {knownType} from './sql/sql-types';
import {describeTable, showProperties} from './sql/table-statements';
import type {Refusal, ResultRow, Warehouse} from './warehouse';

/** Table property for the stream that a table was made for; never changed afterwards. */
const ORIGIN = 'airbyte.origin';
/** Table properties, one a column, for the member that fills it where its name differs. */
const MEMBER = 'airbyte.member.';
/** Table properties, one a text column that holds JSON. */
const HOLDS = 'airbyte.holds.';

/** Table property: columns of the key that were made to have no NULLs, as a JSON list. */
const REQUIRED_KEY = 'airbyte.requiredKey';

/** A column as it stands in the warehouse. */
export interface StoredColumn {
  readonly name: string;
  readonly sqlType: string;
  readonly comment: string;
}

/** A table as the warehouse describes it. */
export interface StoredTable {
  readonly name: TableName;
  readonly columns: readonly StoredColumn[];
  readonly properties: Readonly<Record<string, string>>;
}

/** Reads what stands there; undefined where there is no such table. */
export async function readTable(
  warehouse: Warehouse,
  name: TableName,
): Promise<StoredTable | undefined> {
  const described = await warehouse.attempt(describeTable(name));
  if (described.kind === 'refused') {
    if (isAbsent(described.refusal)) return undefined;
    await warehouse.run(describeTable(name)); // rejects with what is in the way
    return undefined;
  }
  const properties = await warehouse.run(showProperties(name));
  return {
    name,
    columns: columnsIn(described.rows),
    properties: Object.fromEntries(
      properties.map((row) => [String(row['key']), String(row['value'])]),
    ),
  };
}

const ABSENT: ReadonlySet<string> = new Set([
  'TABLE_OR_VIEW_NOT_FOUND',
  'SCHEMA_NOT_FOUND',
  'DELTA_TABLE_NOT_FOUND',
]);

function isAbsent({errorClass}: Refusal): boolean {
  return ABSENT.has(errorClass);
}

/** Behind the columns, an empty row begins other facts about the table. */
function columnsIn(rows: readonly ResultRow[]): readonly StoredColumn[] {
  const end = rows.findIndex(({col_name: name}) => name === '' || isHeading(name));
  return rows.slice(0, end === -1 ? rows.length : end).map((row) => ({
    name: String(row['col_name']),
    sqlType: String(row['data_type']).toUpperCase(),
    comment: typeof row['comment'] === 'string' ? row['comment'] : '',
  }));
}

function isHeading(name: unknown): boolean {
  return typeof name !== 'string' || name.startsWith('# ');
}

/** The table as a stream sees it: what it can write, and what it knows of that. */
export function storedDefinition(
  stored: StoredTable,
  wanted: TableDefinition,
): TableDefinition {
  const known = stored.columns.map((column) => ({
    column,
    ours: writable(column, stored, wanted),
  }));
  return {
    ...wanted,
    name: stored.name,
    columns: known.flatMap(({ours}) => ours ?? []),
    unwritable: known.flatMap(({column, ours}) =>
      ours === undefined ? [column.name] : [],
    ),
    origin: stored.properties[ORIGIN],
  };
}

function writable(
  {name, sqlType, comment}: StoredColumn,
  {properties}: StoredTable,
  wanted: TableDefinition,
): Column | undefined {
  const known = knownType(sqlType);
  if (known === undefined) return undefined;
  const told = {
    type: properties[`${HOLDS}${name}`],
    member: properties[`${MEMBER}${name}`],
    ...wanted.columns.find((column) => sameName(column.name, name)),
  };
  return {
    name,
    type: known.type === 'string' && told.type === 'json' ? 'json' : known.type,
    member: told.member,
    comment: comment === '' ? undefined : comment,
  };
}

/** The properties that keep what a table's columns do not say of themselves. */
export function ownProperties({
  columns,
  key,
  origin,
}: TableDefinition): Readonly<Record<string, string>> {
  return {
    ...(origin === undefined ? {} : {[ORIGIN]: origin}),
    ...(isKeyRequired({columns, key}) ? {[REQUIRED_KEY]: JSON.stringify(key)} : {}),
    ...columnProperties(columns),
  };
}

/** Whether the source declares all of the key to have no NULLs. */
export function isKeyRequired({
  columns,
  key,
}: Pick<TableDefinition, 'columns' | 'key'>): boolean {
  const isRequired = (name: string): boolean =>
    columns.some((column) => column.name === name && column.isRequired === true);
  return key.length > 0 && key.every(isRequired);
}

/** The columns of the key that take no NULLs; none once a record has had one. */
export function requiredKey({properties}: StoredTable): readonly string[] {
  return JSON.parse(properties[REQUIRED_KEY] ?? '[]') as readonly string[];
}

/** The table without that; the property goes last, so that it can be taken back again. */
export function takingNullKeys(stored: StoredTable): {
  readonly property: string;
  readonly stored: StoredTable;
} {
  const properties = Object.entries(stored.properties);
  const others = properties.filter(([key]) => key !== REQUIRED_KEY);
  return {
    property: REQUIRED_KEY,
    stored: {...stored, properties: Object.fromEntries(others)},
  };
}

/** What columns that are made hold, where neither name nor type tells. */
export function columnProperties(
  columns: readonly Column[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.flatMap(({name, member, type}) => [
      ...(member === undefined || member === name
        ? []
        : [[`${MEMBER}${name}`, member]]),
      ...(member === undefined || type !== 'json' ? [] : [[`${HOLDS}${name}`, 'json']]),
    ]),
  ) as Readonly<Record<string, string>>;
}

/** The columns of a table that a load fills, with the types they are stored with. */
export function loadedColumns(
  stored: StoredTable,
  columns: readonly {readonly name: string}[],
): readonly LoadedColumn[] {
  return columns.flatMap(({name}) => {
    const column = stored.columns.find((other) => sameName(other.name, name));
    return column === undefined ? [] : [{name: column.name, sqlType: column.sqlType}];
  });
}
