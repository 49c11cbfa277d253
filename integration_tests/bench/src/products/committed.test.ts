import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {DuckDBInstance} from '@duckdb/node-api';

import {committedFiles, committedRows} from './committed';

describe('A Delta table', () => {
  let table: string;
  beforeEach(() => {
    table = mkdtempSync(join(tmpdir(), 'bench-table-'));
    mkdirSync(join(table, '_delta_log'));
  });
  afterEach(() => rmSync(table, {recursive: true}));

  function commit(version: number, ...actions: readonly unknown[]): void {
    const name = `${String(version).padStart(20, '0')}.json`;
    const lines = actions.map((action) => `${JSON.stringify(action)}\n`).join('');
    writeFileSync(join(table, '_delta_log', name), lines);
  }

  it('consists of the files that were added and not removed', () => {
    commit(
      0,
      {metaData: {}},
      {add: {path: 'a.parquet'}},
      {add: {path: 'b%20c.parquet'}},
    );
    commit(1, {remove: {path: 'a.parquet'}}, {add: {path: 'd.parquet'}});
    writeFileSync(
      join(table, '_delta_log', '00000000000000000001.crc'),
      'not a commit',
    );
    expect(committedFiles(table)).toEqual([
      join(table, 'b c.parquet'),
      join(table, 'd.parquet'),
    ]);
  });

  it('has the rows that a reader of its files counts', async () => {
    const instance = await DuckDBInstance.create(':memory:', {threads: '1'});
    const connection = await instance.connect();
    const file = join(table, 'a.parquet');
    await connection.run(`COPY (SELECT range AS timestamp FROM range(7)) TO '${file}'`);
    connection.closeSync();
    instance.closeSync();
    commit(0, {add: {path: 'a.parquet', stats: '{"numRecords":9}'}});
    expect(await committedRows(table)).toBe(7);
  });

  it('has no rows before its first file', async () => {
    commit(0, {metaData: {}});
    expect(await committedRows(table)).toBe(0);
  });
});
