import fc from 'fast-check';

import type {ColumnType} from '../../table/table-definition';
import {storedRows} from '../stored-rows.stand-in';
import {builderFor} from './builder-for';
import type {ByteMeter, Present} from './column-builder';

describe('ColumnBuilder', () => {
  const types: readonly ColumnType[] = [
    'string',
    'json',
    'boolean',
    'bigint',
    'double',
    'decimal',
    'date',
    'timestamp',
    'timestamp_ntz',
  ];

  it('has a value exactly where one was put, across growth and batches', () => {
    const values: Readonly<Record<ColumnType, Present>> = {
      string: 'a',
      json: [1],
      boolean: true,
      bigint: 7,
      double: 0.5,
      decimal: 1.5,
      date: '2026-03-01',
      timestamp: '2026-03-01T00:00:00Z',
      timestamp_ntz: '2026-03-01T00:00:00',
    };
    const gaps = fc.array(fc.nat({max: 700}), {minLength: 1, maxLength: 12});
    fc.assert(
      fc.property(fc.constantFrom(...types), gaps, gaps, (type, ...batches) => {
        const builder = columnOf(type);
        for (const batch of batches) {
          const puts = new Set<number>();
          let row = 0;
          for (const gap of batch) {
            row += gap;
            if (!puts.has(row)) builder.put(row, values[type]);
            puts.add(row);
          }

          const rows = storedRows({rows: row + 1, columns: [builder.take(row + 1)]});

          const present = rows.flatMap(({c}, at) => (c === null ? [] : [at]));
          expect(present).toEqual([...puts]);
        }
      }),
      {seed: 6, numRuns: 60},
    );
  });

  it('counts the bytes of its buffers and gives them back', () => {
    for (const type of types) {
      const meter = {bytes: 0};
      const builder = columnOf(type, meter);
      builder.put(5000, type === 'boolean' ? true : '2026-03-01');
      builder.take(5001);

      expect([type, meter.bytes]).toEqual([type, 0]);
    }
  });
});

function columnOf(
  type: ColumnType,
  meter: ByteMeter = {bytes: 0},
): ReturnType<typeof builderFor> {
  const column = {name: 'c', type, member: 'c'};
  return builderFor({column, member: 'c', meter, exact: {of: () => undefined}});
}
