import {RAW_ID} from '../../../table/airbyte-columns';
import type {TableName} from '../../../table/table-definition';
import {selected, type LoadedColumn} from './load-statements';
import {identifier} from './quoting';
import {tableOf} from './table-statements';

/** What the values of a key column lie between, both as SQL; from the batch's file. */
export interface KeyBound {
  readonly column: string;
  readonly least: string;
  readonly greatest: string;
  /** Some rows have none. */
  readonly hasNulls: boolean;
}

export interface MergeRequest {
  readonly table: TableName;
  readonly columns: readonly LoadedColumn[];
  /** Path of the staged file, which has one row a key. */
  readonly file: string;
  readonly key: readonly string[];
  readonly bounds: readonly KeyBound[];
  /** Columns that decide which of two rows of one key is newer, the first one first. */
  readonly standing: readonly string[];
  /** Column with a value in rows that take their key out of the table. */
  readonly deletion: string | undefined;
}

/**
 * `MERGE` of one staged file. NULLs of a key are equal; bounds let the warehouse pass over
 * files that hold no key of the batch; a stored row that is newer stays. A row that is
 * stored already changes nothing, so the same statement again is without effect.
 */
export function mergeInto(request: MergeRequest): string {
  const {table, columns, file, key, bounds, deletion} = request;
  const assignments = columns.map(
    ({name}) => `  ${identifier(name)} = s.${identifier(name)}`,
  );
  const names = columns.map(({name}) => identifier(name));
  return [
    `MERGE INTO ${tableOf(table)} AS t`,
    'USING (',
    `  SELECT\n${selected(columns)}`,
    `  FROM parquet.${identifier(file)}`,
    ...withoutVainDeletions(request),
    ') AS s',
    `ON ${[...key.map(sameKey), ...bounds.map(bounded)].join('\n  AND ')}`,
    ...deleting(request),
    `WHEN MATCHED AND ${isNewer(request)} THEN UPDATE SET`,
    assignments.join(',\n'),
    `WHEN NOT MATCHED${kept(deletion)} THEN INSERT`,
    `  (${names.join(', ')})`,
    `  VALUES (${names.map((name) => `s.${name}`).join(', ')})`,
  ].join('\n');
}

function sameKey(name: string): string {
  const column = identifier(name);
  return `t.${column} <=> s.${column}`;
}

function bounded({column, least, greatest, hasNulls}: KeyBound): string {
  const stored = `t.${identifier(column)}`;
  const range = `${stored} BETWEEN ${least} AND ${greatest}`;
  return hasNulls ? `(${range} OR ${stored} IS NULL)` : range;
}

/** Name of the count of stored rows whose key is all NULL. */
const KEYLESS = identifier('_airbyte_keyless');

/**
 * A deletion of a key that is all NULL is left out where no such row is stored: open-source
 * Delta fails on an unmatched row without a key that no clause takes. The rows are counted
 * beside the file, as a subquery within the condition cannot read the table.
 */
function withoutVainDeletions({table, key, deletion}: MergeRequest): readonly string[] {
  if (deletion === undefined) return [];
  const columns = key.map(identifier);
  const isKeyless = columns.map((column) => `${column} IS NULL`).join(' AND ');
  return [
    '  CROSS JOIN (',
    `    SELECT COUNT(*) AS ${KEYLESS} FROM ${tableOf(table)} WHERE ${isKeyless}`,
    '  )',
    `  WHERE ${identifier(deletion)} IS NULL`,
    ...columns.map((column) => `    OR ${column} IS NOT NULL`),
    `    OR ${KEYLESS} > 0`,
  ];
}

function deleting(request: MergeRequest): readonly string[] {
  const {deletion} = request;
  if (deletion === undefined) return [];
  const isDeleted = `s.${identifier(deletion)} IS NOT NULL`;
  return [`WHEN MATCHED AND ${isDeleted}`, `  AND ${isNewer(request)} THEN DELETE`];
}

function kept(deletion: string | undefined): string {
  return deletion === undefined ? '' : ` AND s.${identifier(deletion)} IS NULL`;
}

/**
 * Whether the staged row is at least as new as the stored one, and not that one itself.
 * NULL is older than every value; columns of the key are even anyway.
 */
function isNewer({standing, key}: MergeRequest): string {
  const id = identifier(RAW_ID);
  const deciding = standing.filter((name) => !key.includes(name));
  return [`NOT (t.${id} <=> s.${id})`, ...isAtLeastAsNew(deciding)].join('\n  AND ');
}

function isAtLeastAsNew([first, ...others]: readonly string[]): readonly string[] {
  if (first === undefined) return [];
  const [stored, staged] = [`t.${identifier(first)}`, `s.${identifier(first)}`];
  if (others.length === 0) return [`(${staged} >= ${stored} OR ${stored} IS NULL)`];
  const even = [`${staged} <=> ${stored}`, ...isAtLeastAsNew(others)].join(' AND ');
  const isFirst = `(${stored} IS NULL AND ${staged} IS NOT NULL)`;
  return [`(${staged} > ${stored} OR ${isFirst} OR (${even}))`];
}
