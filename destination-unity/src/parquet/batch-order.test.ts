import fc from 'fast-check';

import type {Column} from '../table/table-definition';
import {batchFromRows, type RowValue} from './batch-from-rows';
import {batchOrder} from './batch-order';

const COLUMNS: readonly Column[] = [
  {name: 'tag', type: 'string', member: 'tag'},
  {name: 'time', type: 'bigint', member: 'time'},
  {name: 'value', type: 'double', member: 'value'},
];
const KEY = ['tag', 'time'];

describe('batchOrder', () => {
  it('is that of a stable sort, however rows of one text come together', () => {
    fc.assert(
      fc.property(fc.array(anyRun(), {maxLength: 30}), (runs) => {
        const rows = runs.flat();

        const order = batchOrder(batchFromRows(COLUMNS, rows), {key: KEY});

        expect([...(order ?? rows.keys())]).toEqual(stable(rows));
      }),
      {numRuns: 300, seed: 1},
    );
  });

  it('is none where rows stand in order already', () => {
    const rows = [
      ['a', 1n, 5],
      ['a', 2n, 4],
      ['b', 1n, 3],
    ];

    expect(batchOrder(batchFromRows(COLUMNS, rows), {key: KEY})).toBeUndefined();
    expect(batchOrder(batchFromRows(COLUMNS, []), {key: KEY})).toBeUndefined();
  });

  it('keeps the greatest row of each key', () => {
    const rows = [
      ['b', 1n, 5],
      ['a', 1n, 1],
      ['a', 1n, 2],
      ['b', 1n, 5],
      ['a', 1n, 0],
    ];

    const order = batchOrder(batchFromRows(COLUMNS, rows), {
      key: KEY,
      keepGreatest: ['value'],
    });

    expect([...(order ?? [])]).toEqual([2, 3]);
  });
});

/** Rows of one text, mostly in the order of their times. */
function anyRun(): fc.Arbitrary<readonly (readonly RowValue[])[]> {
  const times = fc.array(fc.bigInt({min: 0n, max: 9n}), {minLength: 1, maxLength: 6});
  return fc
    .tuple(fc.constantFrom('a', 'b', 'c'), times, fc.boolean())
    .map(([tag, found, isSorted]) =>
      (isSorted ? found.sort((a, b) => Number(a - b)) : found).map(
        (time): readonly RowValue[] => [tag, time, 0],
      ),
    );
}

function stable(rows: readonly (readonly RowValue[])[]): readonly number[] {
  const text = (row: number): string =>
    `${String(rows[row]?.[0])} ${String(rows[row]?.[1])}`;
  return [...rows.keys()].sort(
    (a, b) => Number(text(a) > text(b)) - Number(text(a) < text(b)),
  );
}
