import type {ColumnStatistics, EncodedFile} from '../../parquet/encoded-file';
import type {ColumnType, TableDefinition} from '../../table/table-definition';
import {keyBounds} from './key-bounds';

describe('keyBounds', () => {
  it.each<[ColumnType, string, string]>([
    ['timestamp', '2026-03-01 06:00:00+00', "TIMESTAMP '2026-03-01 06:00:00+00:00'"],
    [
      'timestamp',
      '2026-03-01 06:00:00.000001',
      "TIMESTAMP '2026-03-01 06:00:00.000001+00:00'",
    ],
    ['timestamp_ntz', '2026-03-01 06:00:00', "TIMESTAMP_NTZ '2026-03-01 06:00:00'"],
    ['date', '2026-03-01', "DATE '2026-03-01'"],
    ['bigint', '-12', '-12'],
  ])('tells where %s values lie', (type, text, sql) => {
    expect(boundsOf(type, {min: text, max: text, nullCount: 0})).toEqual([
      {column: 'k', least: sql, greatest: sql, hasNulls: false},
    ]);
  });

  it('tells that some keys are NULL', () => {
    const [bound] = boundsOf('bigint', {min: '1', max: '2', nullCount: 1});

    expect(bound).toMatchObject({least: '1', greatest: '2', hasNulls: true});
  });

  it.each<[string, ColumnType, string | undefined]>([
    ['texts, which a file cuts short', 'string', 'abc'],
    ['doubles', 'double', '1.5'],
    ['years before our era', 'timestamp', '0044-03-15 00:00:00 (BC)'],
    ['the year 0', 'timestamp', '0000-03-15 00:00:00'],
    ['years of five digits', 'timestamp', '10000-01-01 00:00:00'],
    ['numbers of more than 18 digits', 'bigint', '9223372036854775807'],
    ['columns without statistics', 'bigint', undefined],
  ])('leaves %s without bounds', (_, type, text) => {
    expect(boundsOf(type, {min: text, max: text, nullCount: 0})).toEqual([]);
  });
});

function boundsOf(
  type: ColumnType,
  statistics: ColumnStatistics,
): ReturnType<typeof keyBounds> {
  const file: EncodedFile = {
    path: 'f',
    bytes: 1,
    rows: 1,
    columns: new Map([['k', statistics]]),
  };
  const definition: TableDefinition = {
    name: {catalog: 'main', schema: 's', table: 't'},
    columns: [{name: 'k', type, member: 'k'}],
    key: ['k'],
    cursor: undefined,
  };
  return keyBounds(file, definition);
}
