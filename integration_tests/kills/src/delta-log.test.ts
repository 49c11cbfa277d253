import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {readLog} from './delta-log';

let table: string;

beforeEach(() => {
  table = mkdtempSync(path.join(tmpdir(), 'table-'));
  mkdirSync(path.join(table, '_delta_log'));
  writeFileSync(path.join(table, 'a.parquet'), 'four');
});

afterEach(() => rmSync(table, {recursive: true}));

describe('The log of a table', () => {
  it('tells the rows of the files that are present', () => {
    commit(0, {metaData: {}}, add('gone.parquet'));
    commit(1, {remove: {path: 'gone.parquet'}}, add('a.parquet'));

    expect(readLog(table)).toEqual({rows: 3, faults: []});
  });

  it.each<[string, () => void, RegExp]>([
    ['a gap', () => commit(2, {metaData: {}}), /follows a gap/],
    ['an empty commit', () => commit(1), /is empty/],
    ['a torn line', () => write('1', '{"add":{"pa\n'), /not JSON/],
    ['a file twice', () => commit(1, add('a.parquet')), /added twice/],
    ['a file that never was', () => commit(1, {remove: {path: 'b'}}), /was not there/],
    ['a file that is gone', () => commit(1, add('b.parquet')), /b.parquet is missing/],
    ['another size', () => writeFileSync(at('a.parquet'), 'five!'), /another size/],
    ['a pointer ahead', () => point(7), /ahead of the commits/],
    ['a pointer to nothing', () => point(0), /checkpoint.parquet is missing/],
  ])('is faulty with %s', (_, damage, fault) => {
    commit(0, {metaData: {}}, add('a.parquet'));
    damage();

    expect(readLog(table).faults).toEqual([expect.stringMatching(fault)]);
  });
});

function at(...parts: readonly string[]): string {
  return path.join(table, ...parts);
}

function add(name: string): unknown {
  return {add: {path: name, size: 4, stats: '{"numRecords":3}'}};
}

function commit(version: number, ...actions: readonly unknown[]): void {
  write(String(version), actions.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

function write(version: string, text: string): void {
  writeFileSync(at('_delta_log', `${version.padStart(20, '0')}.json`), text);
}

function point(version: number): void {
  writeFileSync(at('_delta_log', '_last_checkpoint'), JSON.stringify({version}));
}
