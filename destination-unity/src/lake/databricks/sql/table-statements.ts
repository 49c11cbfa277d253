import type {TableName} from '../../../table/table-definition';
import {identifier, literal, qualified} from './quoting';

/** A column as a statement makes it. */
export interface ColumnDeclaration {
  readonly name: string;
  readonly sqlType: string;
  readonly comment?: string | undefined;
  readonly isRequired?: boolean;
}

export interface TableDeclaration {
  readonly name: TableName;
  readonly columns: readonly ColumnDeclaration[];
  /** Columns whose rows lie together; empty: as they come. */
  readonly clusterBy: readonly string[];
  readonly comment?: string | undefined;
  readonly properties: Readonly<Record<string, string>>;
}

/** `CREATE SCHEMA IF NOT EXISTS`. */
export function createSchema(catalog: string, schema: string): string {
  return `CREATE SCHEMA IF NOT EXISTS ${qualified(catalog, schema)}`;
}

/** `DESCRIBE SCHEMA`: refused where there is none, or none that may be used. */
export function describeSchema(catalog: string, schema: string): string {
  return `DESCRIBE SCHEMA ${qualified(catalog, schema)}`;
}

/** `CREATE TABLE IF NOT EXISTS` of a managed Delta table. */
export function createTable(table: TableDeclaration): string {
  const {name, columns, clusterBy, comment, properties} = table;
  return [
    `CREATE TABLE IF NOT EXISTS ${tableOf(name)} (`,
    columns.map((column) => `  ${declared(column)}`).join(',\n'),
    ')',
    'USING DELTA',
    ...(clusterBy.length > 0 ? [clusterClause(clusterBy)] : []),
    ...(comment === undefined ? [] : [`COMMENT ${literal(comment)}`]),
    ...(Object.keys(properties).length > 0
      ? [`TBLPROPERTIES (${propertyList(properties)})`]
      : []),
  ].join('\n');
}

/** `DESCRIBE TABLE`: a row a column, with its type and comment. */
export function describeTable(name: TableName): string {
  return `DESCRIBE TABLE ${tableOf(name)}`;
}

/** `DESCRIBE DETAIL`: one row on the table, its clustering among it. */
export function describeDetail(name: TableName): string {
  return `DESCRIBE DETAIL ${tableOf(name)}`;
}

/** `SHOW TBLPROPERTIES`: a row a property. */
export function showProperties(name: TableName): string {
  return `SHOW TBLPROPERTIES ${tableOf(name)}`;
}

/** `SHOW TABLES .. LIKE`: tables of a schema whose names begin so. */
export function showTables(catalog: string, schema: string, prefix: string): string {
  return `SHOW TABLES IN ${qualified(catalog, schema)} LIKE ${literal(`${prefix}*`)}`;
}

/** `DROP TABLE IF EXISTS`. */
export function dropTable(name: TableName): string {
  return `DROP TABLE IF EXISTS ${tableOf(name)}`;
}

/** `OPTIMIZE`: joins small files and sorts them by the clustering columns. */
export function optimizeTable(name: TableName): string {
  return `OPTIMIZE ${tableOf(name)}`;
}

/** The name in three parts. */
export function tableOf({catalog, schema, table}: TableName): string {
  return qualified(catalog, schema, table);
}

/** `` `name` TYPE NOT NULL COMMENT '..' ``. */
export function declared(column: ColumnDeclaration): string {
  const {name, sqlType, comment, isRequired = false} = column;
  const required = isRequired ? ' NOT NULL' : '';
  const said = comment === undefined ? '' : ` COMMENT ${literal(comment)}`;
  return `${identifier(name)} ${sqlType}${required}${said}`;
}

export function clusterClause(columns: readonly string[]): string {
  return columns.length === 0
    ? 'CLUSTER BY NONE'
    : `CLUSTER BY (${columns.map(identifier).join(', ')})`;
}

export function propertyList(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([key, value]) => `${literal(key)} = ${literal(value)}`)
    .join(', ');
}
