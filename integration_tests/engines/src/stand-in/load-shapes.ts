import path from 'node:path';

import type {Answer} from '../wire/answers/answer';
import type {Query} from './engine';
import {carryOut, changedRows} from './loading';
import {copyStillRuns, severalSourceRows, tableNotFound, unsupported} from './refusals';
import {readSelected, selectList, type SelectedColumn} from './selected-columns';
import {quoted, quotedText, readCondition} from './sql-expression';
import type {SqlReader} from './sql-reader';
import type {Shape, StandInParts} from './statement';
import {type StandInTable, tableOf} from './tables';

/** Statements that bring rows into tables. */
export const LOAD_SHAPES: readonly Shape[] = [
  {phrase: 'COPY INTO', run: copyInto},
  {phrase: 'MERGE INTO', run: mergeInto},
  {phrase: 'INSERT OVERWRITE', run: insertOverwrite},
];

/** Files that the table has loaded are passed over; those it loads right now are refused. */
async function copyInto(reader: SqlReader, parts: StandInParts): Promise<Answer> {
  const table = parts.tables.get(reader.names());
  reader.expect('FROM ( SELECT');
  const columns = readSelected(reader);
  reader.expect('FROM');
  const folder = reader.text();
  reader.expect(') FILEFORMAT = PARQUET FILES = (');
  const names = reader.list(() => reader.text());
  reader.expect(')');
  reader.end();
  const paths = names.map((name) => path.posix.join(folder, name));
  const fresh = paths.filter((file) => table.files.get(file) !== 'loaded');
  const running = fresh.find((file) => table.files.get(file) === 'loading');
  if (running !== undefined) throw copyStillRuns(running);
  return await copyFiles({table, columns, paths: fresh}, parts);
}

interface Copy {
  readonly table: StandInTable;
  readonly columns: readonly SelectedColumn[];
  readonly paths: readonly string[];
}

async function copyFiles(
  {table, columns, paths}: Copy,
  parts: StandInParts,
): Promise<Answer> {
  const files = paths.map((file) => parts.volumes.locate(file));
  for (const file of paths) table.files.set(file, 'loading');
  const act = async (query: Query): Promise<number> => {
    if (files.length === 0) return 0;
    const rows = await query(
      `INSERT INTO ${tableOf(table)} BY NAME SELECT ${selectList(columns)} ` +
        `FROM read_parquet([${files.map(quotedText).join(', ')}])`,
    );
    return changedRows(rows);
  };
  try {
    const commit = {kind: 'copy', table, files} as const;
    const answer = await carryOut({commit, isRewrite: false, act}, parts);
    for (const file of paths) table.files.set(file, 'loaded');
    return answer;
  } catch (error) {
    for (const file of paths) table.files.delete(file);
    throw error;
  }
}

interface Merge {
  readonly table: StandInTable;
  readonly source: string;
  readonly condition: string;
  readonly branches: readonly string[];
}

async function mergeInto(reader: SqlReader, parts: StandInParts): Promise<Answer> {
  const table = parts.tables.get(reader.names());
  reader.expect('AS t USING ( SELECT');
  const columns = readSelected(reader);
  reader.expect('FROM parquet .');
  const file = parts.volumes.locate(reader.name());
  const kept = reader.takes('CROSS JOIN (') ? readKept(reader, parts) : '';
  reader.expect(') AS s ON');
  const condition = readCondition(reader, (at) => at.isNext('WHEN'));
  const branches: string[] = [];
  while (!reader.isAtEnd) branches.push(readBranch(reader));
  const source = `(SELECT ${selectList(columns)} FROM read_parquet(${quotedText(file)})${kept})`;
  const commit = {kind: 'merge', table, files: [file]} as const;
  const merge: Merge = {table, source, condition, branches};
  const act = (query: Query): Promise<number> => merged(merge, query);
  return await carryOut({commit, isRewrite: true, act}, parts);
}

/** The rows of a file that take part, by a count of rows in a table. */
function readKept(reader: SqlReader, {tables}: StandInParts): string {
  reader.expect('SELECT COUNT ( * ) AS');
  const count = quoted(reader.name());
  reader.expect('FROM');
  const table = tableOf(tables.get(reader.names()));
  reader.expect('WHERE');
  const stored = readCondition(reader, (at) => at.isNext(')'));
  reader.expect(') WHERE');
  const condition = readCondition(reader, (at) => at.isNext(')'));
  return (
    ` CROSS JOIN (SELECT count(*) AS ${count} FROM ${table} WHERE ${stored}) ` +
    `WHERE ${condition}`
  );
}

async function merged(merge: Merge, query: Query): Promise<number> {
  const {table, source, condition, branches} = merge;
  const [several] = await query(
    `SELECT count(*) FROM (SELECT t.rowid FROM ${tableOf(table)} AS t ` +
      `JOIN ${source} AS s ON ${condition} GROUP BY t.rowid HAVING count(*) > 1)`,
  );
  if (Number(several?.[0]) > 0) throw severalSourceRows();
  const rows = await query(
    `MERGE INTO ${tableOf(table)} AS t USING ${source} AS s ON (${condition}) ` +
      branches.join(' '),
  );
  return changedRows(rows);
}

/** One `WHEN .. THEN ..`. */
function readBranch(reader: SqlReader): string {
  reader.expect('WHEN');
  const isMatched = reader.takes('MATCHED');
  if (!isMatched) reader.expect('NOT MATCHED');
  const condition = reader.takes('AND')
    ? `AND (${readCondition(reader, (at) => at.isNext('THEN'))}) `
    : '';
  reader.expect('THEN');
  const action = isMatched ? readChange(reader) : readInsert(reader);
  return `WHEN ${isMatched ? '' : 'NOT '}MATCHED ${condition}THEN ${action}`;
}

function readChange(reader: SqlReader): string {
  if (reader.takes('DELETE')) return 'DELETE';
  reader.expect('UPDATE SET');
  const assignments = reader.list(() => {
    const target = quoted(reader.name());
    reader.expect('= s .');
    return `${target} = s.${quoted(reader.name())}`;
  });
  return `UPDATE SET ${assignments.join(', ')}`;
}

function readInsert(reader: SqlReader): string {
  reader.expect('INSERT');
  const columns = reader.nameList().map(quoted);
  reader.expect('VALUES (');
  const values = reader.list(() => {
    reader.expect('s .');
    return `s.${quoted(reader.name())}`;
  });
  reader.expect(')');
  return `INSERT (${columns.join(', ')}) VALUES (${values.join(', ')})`;
}

/**
 * All rows of a table give way to those of another one. The clustering is forgotten, as
 * open-source Delta does it: whoever cares puts it back.
 */
async function insertOverwrite(
  reader: SqlReader,
  parts: StandInParts,
): Promise<Answer> {
  const table = parts.tables.get(reader.names());
  reader.expect('BY NAME SELECT');
  const columns = reader.list(() => quoted(reader.name())).join(', ');
  reader.expect('FROM');
  const source = parts.tables.get(reader.names());
  reader.end();
  if (source === table) throw unsupported('a table that overwrites itself');
  const act = async (query: Query): Promise<number> => {
    if (!parts.tables.has(source)) throw tableNotFound(source.fullName);
    await query(`DELETE FROM ${tableOf(table)}`);
    const rows = await query(
      `INSERT INTO ${tableOf(table)} BY NAME SELECT ${columns} FROM ${tableOf(source)}`,
    );
    table.clustering = [];
    return changedRows(rows);
  };
  const commit = {kind: 'overwrite', table, files: []} as const;
  return await carryOut({commit, isRewrite: true, act}, parts);
}
