import fc from 'fast-check';

import type {AddFile} from './actions';
import {joinsOf} from './compaction-plan';

const LARGE_ROWS = 16_384;
const LARGE_BYTES = 2 * 1024 * 1024;

describe('joining small files', () => {
  it('takes eight of one size that follow each other in time', () => {
    const files = [8, 3, 1, 6, 2, 7, 4, 5].map((hour) => fileOf({rows: 1_000, hour}));

    expect(namesOf(joinsOf(files, 'at'))).toEqual([
      ['1', '2', '3', '4', '5', '6', '7', '8'],
    ]);
  });

  it('waits for the eighth', () => {
    const files = [1, 2, 3, 4, 5, 6, 7].map((hour) => fileOf({rows: 1_000, hour}));

    expect(joinsOf(files, 'at')).toEqual([]);
  });

  it('leaves a file of another size where it is', () => {
    const small = [1, 2, 3, 4, 6, 7, 8, 9].map((hour) => fileOf({rows: 10, hour}));

    const joins = joinsOf([...small, fileOf({rows: 1_000, hour: 5})], 'at');

    expect(namesOf(joins)).toEqual([['1', '2', '3', '4', '6', '7', '8', '9']]);
  });

  it('leaves files alone that have many rows, or many bytes', () => {
    const hours = [1, 2, 3, 4, 5, 6, 7, 8];

    const long = hours.map((hour) => fileOf({rows: LARGE_ROWS, hour}));
    const wide = hours.map((hour) => fileOf({rows: 10, bytes: LARGE_BYTES, hour}));

    expect(joinsOf([...long, ...wide], 'at')).toEqual([]);
  });

  it('goes by the order of their coming where the log tells no cursor', () => {
    const files = [8, 3, 1, 6, 2, 7, 4, 5].map((hour) => fileOf({rows: 1_000, hour}));

    expect(namesOf(joinsOf(files, undefined))[0]).toEqual('8 3 1 6 2 7 4 5'.split(' '));
  });

  it('touches no file that others wrote, none with deletions, none of unknown size', () => {
    const hours = [1, 2, 3, 4, 5, 6, 7, 8];
    const file = (hour: number): AddFile => fileOf({rows: 1_000, hour});

    const foreign = hours.map((hour) => ({
      ...file(hour),
      path: `part-${hour}.parquet`,
    }));
    const deleted = hours.map((hour) => ({...file(hour), deletionVector: {}}));
    const silent = hours.map((hour) => ({...file(hour), stats: '{}'}));

    expect(joinsOf([...foreign, ...deleted, ...silent], 'at')).toEqual([]);
  });

  it('takes each file once, and makes none larger than is sorted in little memory', () => {
    const sizes = fc.record({
      rows: fc.integer({min: 0, max: 20_000}),
      bytes: fc.integer({min: 0, max: 3e6}),
      hour: fc.integer({min: 0, max: 500}),
    });
    fc.assert(
      fc.property(fc.array(sizes, {maxLength: 300}), (given) => {
        const files = given.map((size, at) => ({...fileOf(size), path: ownName(at)}));
        const joins = joinsOf(files, 'at');
        const taken = joins.flat();
        expect(new Set(taken).size).toBe(taken.length);
        for (const join of joins) {
          expect(join).toHaveLength(8);
          expect(sum(join.map(rowsOf))).toBeLessThan(8 * LARGE_ROWS);
          expect(sum(join.map(({size}) => size))).toBeLessThan(8 * LARGE_BYTES);
        }
      }),
      {seed: 8, numRuns: 200},
    );
  });

  it('copies a row a few times only, and keeps small files few, however many syncs', () => {
    const grown = (syncs: number): {files: number; copies: number} => {
      let files: AddFile[] = [];
      let copied = 0;
      for (let hour = 0; hour < syncs; hour += 1) {
        files.push({...fileOf({rows: 100, hour}), path: ownName(hour)});
        for (const join of joinsOf(files, 'at')) {
          const rows = sum(join.map(rowsOf));
          copied += rows;
          const name = ownName(`${hour}-${rows}`);
          const first = Number(join[0]?.modificationTime);
          files = files.filter((file) => !join.includes(file));
          files.push({...fileOf({rows, hour: first}), path: name});
        }
      }
      const small = files.filter((file) => rowsOf(file) < LARGE_ROWS);
      return {files: small.length, copies: copied / (syncs * 100)};
    };

    for (const syncs of [100, 1_000, 5_000]) {
      const {files, copies} = grown(syncs);
      expect(copies).toBeLessThan(4);
      expect(files).toBeLessThan(8 * 4);
    }
  });
});

interface Size {
  readonly rows: number;
  readonly bytes?: number;
  readonly hour: number;
}

function fileOf({rows, bytes = rows * 6, hour}: Size): AddFile {
  const from = new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
  return {
    path: ownName(hour),
    partitionValues: {},
    size: bytes,
    modificationTime: hour,
    dataChange: true,
    stats: JSON.stringify({numRecords: rows, minValues: {at: from}}),
  };
}

function ownName(id: number | string): string {
  return `airbyte-${id}.parquet`;
}

function rowsOf({stats}: AddFile): number {
  return (JSON.parse(stats ?? '{}') as {numRecords: number}).numRecords;
}

function namesOf(joins: readonly (readonly AddFile[])[]): readonly string[][] {
  return joins.map((join) =>
    join.map(({path}) => path.replace('airbyte-', '').replace('.parquet', '')),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
