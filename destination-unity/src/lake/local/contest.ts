import {SystemError} from 'airbyte-cdk-ts';

import {identifier, literal} from '../../parquet/engine-sql';
import {rowsOf} from './engine-types';
import type {Surroundings} from './surroundings';
import type {SchemaField} from './table-schema';

/** Rows that are new, and the stored files that may hold rows of the same keys. */
export interface Contest {
  /** A file with at most one row a key. */
  readonly fresh: string;
  readonly stored: readonly string[];
  readonly fields: readonly SchemaField[];
  readonly key: readonly string[];
  /** Columns whose greater value wins, the most important first. */
  readonly standing: readonly string[];
  /** Column with a value in fresh rows that take their key out of the table. */
  readonly deletion: string | undefined;
}

/**
 * The rows that give way, by file and row number, in a table of the engine. Merges of
 * other streams run in between on the same engine, so each has a table of its own.
 */
export interface Losers {
  readonly table: string;
  /** How many there are in each file that has any. */
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * Finds, for every key of the fresh rows that is stored too, the one row that stays: the
 * one greatest in `standing`, the fresh one where all is equal. The others are losers, and
 * so is every fresh row of a deletion: what it won against goes, and it does not come.
 */
export async function findLosers(
  contest: Contest,
  {encoder, newId}: Surroundings,
): Promise<Losers> {
  if (contest.key.length === 0) {
    throw new SystemError('Rows without a key cannot be merged.');
  }
  const table = identifier(`losers ${newId()}`);
  await encoder.run(`CREATE TEMP TABLE ${table} AS ${losersQuery(contest)}`);
  const {fresh, fields, deletion} = contest;
  if (deletion !== undefined) {
    await encoder.run(
      `INSERT INTO ${table} SELECT filename, file_row_number FROM ` +
        `${rowsOf([fresh], fields)} WHERE ${identifier(deletion)} IS NOT NULL ` +
        `EXCEPT SELECT file, row FROM ${table}`,
    );
  }
  const rows = await encoder.query(
    `SELECT file, count(*)::BIGINT FROM ${table} GROUP BY file`,
  );
  return {table, counts: new Map(rows.map(([file, n]) => [String(file), Number(n)]))};
}

/** Lets the engine forget them. */
export async function forgetLosers(
  {table}: Losers,
  {encoder}: Surroundings,
): Promise<void> {
  await encoder.run(`DROP TABLE ${table}`);
}

function losersQuery({fresh, stored, fields, key, standing}: Contest): string {
  const keys = key.map((name, i) => `${identifier(name)} AS k${i}`);
  const ranks = standing.map((name, i) => `${identifier(name)} AS s${i}`);
  const place = ['filename AS file', 'file_row_number AS row'];
  const columns = [...keys, ...ranks, ...place].join(', ');
  const sameKey = key.map((_, i) => `f.k${i} IS NOT DISTINCT FROM o.k${i}`);
  const standings = standing.map((_, i) => `s${i}`);
  const carried = (from: string): string =>
    standings.map((name) => `${from}.${name}, `).join('');
  const order = standings.map((name) => `${name} DESC NULLS LAST, `).join('');
  return `
    WITH fresh AS (SELECT ${columns} FROM ${rowsOf([fresh], fields)}),
    stored AS (SELECT ${columns} FROM ${rowsOf(stored, fields)}),
    met AS MATERIALIZED (
      SELECT f.row AS contest, ${carried('o')}o.file, o.row
      FROM stored o JOIN fresh f ON ${sameKey.join(' AND ')}
    ),
    rivals AS (
      SELECT *, false AS is_fresh FROM met UNION ALL
      SELECT f.row, ${carried('f')}f.file, f.row, true FROM fresh f
      WHERE f.row IN (SELECT contest FROM met)
    ),
    ranked AS (
      SELECT file, row, row_number() OVER (
        PARTITION BY contest ORDER BY ${order}is_fresh DESC, file, row DESC
      ) AS place FROM rivals
    )
    SELECT file, row FROM ranked WHERE place > 1`;
}

/** Files whose rows are kept, in the order of some columns. */
export interface Kept {
  readonly files: readonly string[];
  readonly fields: readonly SchemaField[];
  /** Empty: as they stand. */
  readonly order: readonly string[];
}

/** The rows of some files that do not give way, with the table's columns. */
export function winnersQuery(kept: Kept, {table}: Losers): string {
  const among = kept.files.map(literal).join(', ');
  return keptQuery(
    kept,
    ` ANTI JOIN (SELECT file, row FROM ${table} WHERE file IN (${among})) lost ` +
      'ON lost.file = kept.filename AND lost.row = kept.file_row_number',
  );
}

/** The rows of some files, with the table's columns; `joined` leaves some of them out. */
export function keptQuery({files, fields, order}: Kept, joined = ''): string {
  const columns = fields.map(({name}) => identifier(name)).join(', ');
  const sorted =
    order.length === 0 ? '' : ` ORDER BY ${order.map(identifier).join(', ')}`;
  return `SELECT ${columns} FROM ${rowsOf(files, fields)} kept${joined}${sorted}`;
}
