import type {TableName} from '../../../table/table-definition';
import {GENERATION_ID} from '../../../table/airbyte-columns';
import {identifier, literal, literals} from './quoting';
import {tableOf} from './table-statements';

/** A column of a table as a load fills it. */
export interface LoadedColumn {
  readonly name: string;
  /** The stored type. */
  readonly sqlType: string;
}

export interface CopyRequest {
  readonly table: TableName;
  readonly columns: readonly LoadedColumn[];
  /** Folder on the volume that holds the files. */
  readonly folder: string;
  /** Names of the files in it. */
  readonly files: readonly string[];
}

/**
 * `COPY INTO` of named Parquet files. The table remembers which files it has loaded, so
 * that the same statement again loads nothing.
 */
export function copyInto({table, columns, folder, files}: CopyRequest): string {
  return [
    `COPY INTO ${tableOf(table)}`,
    'FROM (',
    `  SELECT\n${selected(columns)}`,
    `  FROM ${literal(folder)}`,
    ')',
    'FILEFORMAT = PARQUET',
    `FILES = (${literals(files)})`,
  ].join('\n');
}

/** `INSERT OVERWRITE` of all rows of a table by those of another, in one step. */
export function overwrite(
  table: TableName,
  source: TableName,
  columns: readonly LoadedColumn[],
): string {
  const list = columns.map(({name}) => `  ${identifier(name)}`).join(',\n');
  return [
    `INSERT OVERWRITE ${tableOf(table)} BY NAME`,
    `SELECT\n${list}`,
    `FROM ${tableOf(source)}`,
  ].join('\n');
}

/** The generations of all rows, as text; NULL where there are no rows. */
export function storedGenerations(table: TableName): string {
  const generation = `COALESCE(${identifier(GENERATION_ID)}, 0)`;
  return [
    'SELECT',
    `  CAST(MIN(${generation}) AS STRING) AS least,`,
    `  CAST(MAX(${generation}) AS STRING) AS greatest`,
    `FROM ${tableOf(table)}`,
  ].join('\n');
}

/** A select list that gives every column of a staged file the type it is stored with. */
export function selected(columns: readonly LoadedColumn[], indent = '    '): string {
  return columns
    .map((column) => `${indent}${converted(column)} AS ${identifier(column.name)}`)
    .join(',\n');
}

/** JSON text that is too deep or too long for a variant stays in it as a text. */
function converted({name, sqlType}: LoadedColumn): string {
  const column = identifier(name);
  return sqlType === 'VARIANT'
    ? `COALESCE(TRY_PARSE_JSON(${column}), CAST(${column} AS VARIANT))`
    : `CAST(${column} AS ${sqlType})`;
}
