import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import fc from 'fast-check';

import {batchFromRows, type RowValue} from '../../parquet/batch-from-rows';
import {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {Column, ColumnType} from '../../table/table-definition';
import {indexProperty} from './indexed-columns';
import {
  fileStatistics,
  mayShareKey,
  statisticsText,
  type FileStatistics,
} from './statistics';

let folder: string;
let encoder: ParquetEncoder;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'statistics-'));
  encoder = new ParquetEncoder({memoryLimitBytes: 1e8, tempFolder: folder});
});

afterAll(async () => {
  await encoder.close();
  await rm(folder, {recursive: true});
});

describe('statistics of a file', () => {
  it('never exclude a row, as the log words them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRow(), {minLength: 1, maxLength: 30}),
        async (rows) => {
          const text = await statisticsOf(rows);
          const statistics = fileStatistics(text)!;

          expect(statistics.numRecords).toBe(rows.length);
          for (const [i, {name, type}] of COLUMNS.entries()) {
            const values = rows.map((row) => row[i] ?? null);
            expect(statistics.nullCount?.[name]).toBe(
              values.filter((value) => value === null).length,
            );
            for (const value of values) {
              expect({
                value,
                within: isWithin(boundsText(text, name), value, type),
              }).toEqual({
                value,
                within: true,
              });
            }
          }
        },
      ),
      {numRuns: 60, seed: 5},
    );
  });

  it('never hide from a merge that two files share a key', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRow(), {minLength: 1, maxLength: 4}),
        fc.array(anyRow(), {minLength: 1, maxLength: 4}),
        anyRow(),
        async (left, right, shared) => {
          const a = fileStatistics(await statisticsOf([...left, shared]));
          const b = fileStatistics(await statisticsOf([...right, shared]));

          expect(mayShareKey(a, b, COLUMNS)).toBe(true);
        },
      ),
      {numRuns: 30, seed: 6},
    );
  });

  it('leave out the bounds of a column with NaN or infinities', async () => {
    const rows = [0, Infinity, NaN].map((value) => [null, null, value]);

    expect(fileStatistics(await statisticsOf(rows))?.maxValues).toEqual({});
  });

  it('write whole 64-bit numbers', async () => {
    const text = await statisticsOf([[null, 9_007_199_254_740_993n]]);

    expect(text).toContain('"bigint":9007199254740993');
  });

  it('cut long texts upwards at the upper end', async () => {
    const text = `${'x'.repeat(31)}\u{1f600}more`;

    const {minValues, maxValues} = fileStatistics(await statisticsOf([[text]]))!;

    expect(minValues?.['string']).toBe(`${'x'.repeat(31)}\u{1f600}`);
    expect(maxValues?.['string']).toBe(`${'x'.repeat(31)}\u{1f600}\u{10ffff}`);
  });

  it('round timestamps outwards to milliseconds', async () => {
    const text = await statisticsOf([[null, null, null, null, null, 1_001n, 1_001n]]);

    const {minValues, maxValues} = fileStatistics(text)!;

    expect([minValues?.['timestamp'], maxValues?.['timestamp']]).toEqual([
      '1970-01-01T00:00:00.001Z',
      '1970-01-01T00:00:00.002Z',
    ]);
    expect(maxValues?.['timestamp_ntz']).toBe('1970-01-01T00:00:00.002');
  });
});

describe('the columns a table of ours indexes', () => {
  it('are those of which every value can be a bound', () => {
    const columns = (['string', 'json', 'double', 'bigint', 'timestamp'] as const).map(
      (type) => ({name: type, type, member: type}),
    );

    expect(indexProperty(columns, [])).toEqual({
      'delta.dataSkippingStatsColumns': 'bigint,timestamp',
    });
    expect(indexProperty(columns, ['string', 'timestamp'])).toEqual({
      'delta.dataSkippingStatsColumns': 'string,bigint,timestamp',
    });
  });
});

describe('mayShareKey', () => {
  const key: Column[] = [{name: 'k', type: 'timestamp', member: 'k'}];
  const within = (min: unknown, max: unknown, nulls: unknown = 0): FileStatistics => ({
    minValues: {k: min},
    maxValues: {k: max},
    nullCount: {k: nulls},
  });

  it('sees that ranges lie apart', () => {
    const a = within('2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.999Z');
    const b = within('2024-01-01T00:00:01.000Z', '2024-01-02T00:00:00.000Z');

    expect(mayShareKey(a, b, key)).toBe(false);
    expect(mayShareKey(b, a, key)).toBe(false);
  });

  it('reckons with microseconds that other writers leave in an upper bound', () => {
    const a = within('2024-01-01T00:00:00Z', '2024-01-01T00:00:00.999900+00:00');
    const b = within('2024-01-01T00:00:00.999Z', '2024-01-02T00:00:00Z');

    expect(mayShareKey(a, b, key)).toBe(true);
  });

  it('lets keys without a value meet', () => {
    const a = within('2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', 1);
    const b = within('2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z', 2);

    expect(mayShareKey(a, b, key)).toBe(true);
  });

  it('does not decide on statistics that are missing or unreadable', () => {
    const b = within('2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z');

    expect(mayShareKey(undefined, b, key)).toBe(true);
    expect(mayShareKey(within('soon', 'later'), b, key)).toBe(true);
    expect(fileStatistics('{"numRec')).toBeUndefined();
  });
});

const TYPES: readonly ColumnType[] = [
  'string',
  'bigint',
  'double',
  'decimal',
  'date',
  'timestamp',
  'timestamp_ntz',
];
const COLUMNS = TYPES.map((type) => ({name: type, type, member: type}));
const MICROS = {min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n};

function anyRow(): fc.Arbitrary<RowValue[]> {
  const long = fc
    .tuple(
      fc.constantFrom('x', 'ü', '\u{1f600}', '\u{10ffff}', '\u007f', '\uffff'),
      fc.nat({max: 400}),
      fc.string({unit: 'binary', maxLength: 3}),
    )
    .map(([unit, count, end]) => unit.repeat(count) + end);
  const values: fc.Arbitrary<RowValue>[] = [
    fc.oneof(long, fc.string({unit: 'binary'}), fc.constantFrom('a\0b', '\ud800')),
    fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}),
    fc.double(),
    fc.bigInt({min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n}),
    fc.integer({min: -719_162, max: 2_932_896}),
    fc.bigInt(MICROS),
    fc.bigInt(MICROS),
  ];
  return fc.tuple(...values.map((value) => fc.option(value))).map((row) => [...row]);
}

let files = 0;

async function statisticsOf(rows: readonly (readonly RowValue[])[]): Promise<string> {
  const file = path.join(folder, `${files++}.parquet`);
  const batch = batchFromRows(COLUMNS, rows);
  const encoded = await encoder.encode(batch, file, {key: ['string']});
  return statisticsText(encoded, COLUMNS, []);
}

interface BoundsText {
  readonly min: string;
  readonly max: string;
}

/** The bounds as they are written, digit by digit. */
function boundsText(text: string, name: string): BoundsText | undefined {
  const {minValues, maxValues} = JSON.parse(
    text.replace(/(?<!\\)":(-?\d[\d.e+-]*)/g, '":"$1"'),
  ) as Record<string, Record<string, string>>;
  const [min, max] = [minValues?.[name], maxValues?.[name]];
  return min === undefined || max === undefined ? undefined : {min, max};
}

function isWithin(
  bounds: BoundsText | undefined,
  value: RowValue,
  type: ColumnType,
): boolean {
  if (bounds === undefined || value === null) return true;
  const {min, max} = bounds;
  if (type === 'string') {
    const bytes = Buffer.from(String(value));
    return (
      Buffer.compare(Buffer.from(min), bytes) <= 0 &&
      Buffer.compare(bytes, Buffer.from(max)) <= 0
    );
  }
  if (type === 'double')
    return Number(min) <= Number(value) && Number(value) <= Number(max);
  const number = BigInt(value);
  return exact(min, type) <= number && number <= exact(max, type);
}

function exact(text: string, type: ColumnType): bigint {
  if (type === 'bigint') return BigInt(text);
  if (type === 'decimal') return BigInt(text.replace('.', ''));
  if (type === 'date') return BigInt(Date.parse(text) / 86_400_000);
  const [second = '', fraction = ''] = text.replace('Z', '').split('.');
  return BigInt(Date.parse(`${second}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'));
}
