import type {TableName} from '../../../table/table-definition';
import {identifier, literal} from './quoting';
import {
  clusterClause,
  declared,
  propertyList,
  tableOf,
  type ColumnDeclaration,
} from './table-statements';

/** `ADD COLUMNS`, behind those that stand there. */
export function addColumns(
  table: TableName,
  columns: readonly ColumnDeclaration[],
): string {
  const list = columns.map((column) => `  ${declared(column)}`).join(',\n');
  return `${alter(table)} ADD COLUMNS (\n${list}\n)`;
}

/** `ALTER COLUMN .. TYPE`: the stored files stay as they are. */
export function changeType(table: TableName, column: string, sqlType: string): string {
  return `${alterColumn(table, column)} TYPE ${sqlType}`;
}

/** `ALTER COLUMN .. COMMENT`. */
export function commentColumn(
  table: TableName,
  column: string,
  comment: string,
): string {
  return `${alterColumn(table, column)} COMMENT ${literal(comment)}`;
}

/** `ALTER COLUMN .. DROP NOT NULL`. */
export function allowNulls(table: TableName, column: string): string {
  return `${alterColumn(table, column)} DROP NOT NULL`;
}

/** `SET TBLPROPERTIES`. */
export function setProperties(
  table: TableName,
  properties: Readonly<Record<string, string>>,
): string {
  return `${alter(table)} SET TBLPROPERTIES (${propertyList(properties)})`;
}

/** `UNSET TBLPROPERTIES`. */
export function unsetProperty(table: TableName, property: string): string {
  return `${alter(table)} UNSET TBLPROPERTIES IF EXISTS (${literal(property)})`;
}

/** `SET TAGS`: Unity Catalog's own marks, which its search and policies know. */
export function setTags(
  table: TableName,
  tags: Readonly<Record<string, string>>,
): string {
  return `${alter(table)} SET TAGS (${propertyList(tags)})`;
}

/** `CLUSTER BY`, of the rows written from now on. */
export function clusterBy(table: TableName, columns: readonly string[]): string {
  return `${alter(table)} ${clusterClause(columns)}`;
}

/** `ADD CONSTRAINT .. PRIMARY KEY`: told to readers, never enforced. */
export function addPrimaryKey(table: TableName, key: readonly string[]): string {
  const name = identifier(`${table.table}_pk`.slice(-255));
  return `${alter(table)} ADD CONSTRAINT ${name} PRIMARY KEY (${key.map(identifier).join(', ')})`;
}

/** `DROP PRIMARY KEY`. */
export function dropPrimaryKey(table: TableName): string {
  return `${alter(table)} DROP PRIMARY KEY IF EXISTS CASCADE`;
}

function alter(table: TableName): string {
  return `ALTER TABLE ${tableOf(table)}`;
}

function alterColumn(table: TableName, column: string): string {
  return `${alter(table)} ALTER COLUMN ${identifier(column)}`;
}
