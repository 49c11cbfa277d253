import {mkdtemp, readdir, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {SystemError} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import type {ColumnBatch} from '../rows/column-batch';
import type {Column, ColumnType} from '../table/table-definition';
import {batchFromRows, type RowValue} from './batch-from-rows';
import {literal} from './engine-sql';
import {ParquetEncoder} from './parquet-encoder';

let folder: string;
let encoder: ParquetEncoder;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'encoder-'));
  encoder = newEncoder();
});

afterAll(async () => {
  await encoder.close();
  await rm(folder, {recursive: true});
});

describe('ParquetEncoder', () => {
  it('writes every value of every type as it was given', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRow(), {minLength: 1, maxLength: 80}),
        async (rows) => {
          const file = newFile();

          const encoded = await encoder.encode(batchFromRows(COLUMNS, rows), file, {
            key: [],
          });

          expect(encoded.rows).toBe(rows.length);
          expect(await readBack(file)).toEqual(rows.map((row) => row.map(asRead)));
        },
      ),
      {numRuns: 30, seed: 1},
    );
  });

  it('counts nulls and bounds values', async () => {
    const columns = [column('n', 'bigint'), column('s', 'string')];
    const rows = [
      [3n, 'b'],
      [null, 'a'],
      [-5n, null],
    ];

    const {columns: told} = await encoder.encode(
      batchFromRows(columns, rows),
      newFile(),
      {
        key: ['s'],
      },
    );

    expect(told.get('n')).toEqual({nullCount: 1, min: '-5', max: '3'});
    expect(told.get('s')).toEqual({nullCount: 1, min: 'a', max: 'b'});
  });

  it('sorts by the key, texts as their bytes, rows without a value first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRow(), {maxLength: 60, minLength: 1}),
        async (rows) => {
          const file = newFile();
          const key = ['string', 'double', 'decimal', 'boolean'];

          await encoder.encode(batchFromRows(COLUMNS, rows), file, {key});

          expect(await rowNumbers(file, key)).toEqual(rows.map((_, i) => i));
          expect((await readBack(file)).sort()).toEqual(
            rows.map((row) => row.map(asRead)).sort(),
          );
        },
      ),
      {numRuns: 20, seed: 2},
    );
  });

  it('keeps rows whole that come together, across the vectors of the engine', async () => {
    const few = fc.sample(anyRow(), {numRuns: 50, seed: 1});
    const rows = Array.from({length: 5000}, (_, i) => {
      const [, ...others] = few[i % 50] ?? [];
      return [['b', 'a', 'c'][Math.floor(i / 700) % 3] ?? null, ...others];
    });
    const file = newFile();

    await encoder.encode(batchFromRows(COLUMNS, rows), file, {key: ['string']});

    const sorted = ['a', 'b', 'c'].flatMap((tag) => rows.filter(([of]) => of === tag));
    expect(await readBack(file)).toEqual(sorted.map((row) => row.map(asRead)));
  });

  it('writes text columns with very many distinct values', async () => {
    const count = 150_000;
    const dictionary = Array.from({length: count}, (_, i) => `text number ${i}`);
    const file = newFile();
    const batch: ColumnBatch = {
      rows: count,
      columns: [
        {
          column: column('s', 'string'),
          valid: undefined,
          values: {
            kind: 'text',
            dictionary,
            codes: Uint32Array.from(dictionary.keys()),
          },
        },
      ],
    };

    await encoder.encode(batch, file, {key: []});

    const [row] = await encoder.query(
      `SELECT count(*), bool_and(s = 'text number ' || file_row_number) FROM
       read_parquet(${literal(file)}, file_row_number = true)`,
    );
    expect(row).toEqual([String(count), 'true']);
  });

  it('writes rows of which no column has a value', async () => {
    const batch = batchFromRows([column('s', 'string')], [[null], [null]]);

    const {rows, columns} = await encoder.encode(batch, newFile(), {key: []});

    expect(rows).toBe(2);
    expect(columns.get('s')?.nullCount).toBe(2);
  });

  it('makes row groups smaller where memory does not suffice', async () => {
    const small = new ParquetEncoder({memoryLimitBytes: 96e6, tempFolder: folder});
    const file = newFile();

    const {rows} = await small.copy(
      'SELECT i, repeat(md5(i::VARCHAR), 60) AS text FROM range(50000) numbers(i)',
      file,
    );
    await small.close();

    expect(rows).toBe(50_000);
    const [groups] = await encoder.query(
      `SELECT num_row_groups > 1 FROM parquet_file_metadata(${literal(file)})`,
    );
    expect(groups).toEqual(['true']);
  });

  it('numbers raw ids without a gap, whatever the order', async () => {
    const rows = Array.from({length: 5000}, (_, i) => [BigInt((i * 7919) % 5000)]);
    const {columns} = batchFromRows([column('n', 'bigint')], rows);
    const file = newFile();
    const batch: ColumnBatch = {
      rows: rows.length,
      columns: [
        ...columns,
        {
          column: column('_airbyte_raw_id', 'string'),
          valid: undefined,
          values: {
            kind: 'raw_id',
            prefix: 0x0123_4567_89ab_cdefn,
            first: 4_294_967_000,
          },
        },
      ],
    };

    await encoder.encode(batch, file, {key: ['n']});

    const [row] = await encoder.query(
      `SELECT count(DISTINCT _airbyte_raw_id), min(_airbyte_raw_id), max(_airbyte_raw_id)
       FROM read_parquet(${literal(file)})`,
    );
    expect(row).toEqual([
      '5000',
      '01234567-89ab-8def-8000-0000fffffed8',
      '01234567-89ab-8def-8000-00010000125f',
    ]);
  });

  it('refuses a code outside the dictionary, and leaves no file', async () => {
    const batch = textBatch(Uint32Array.of(0, 1));

    await expect(encoder.encode(batch, newFile('stray'), {key: []})).rejects.toThrow(
      'outside its dictionary',
    );

    const names = await readdir(folder);
    expect(names.filter((name) => name.startsWith('stray'))).toEqual([]);
  });

  it('refuses a buffer that is shorter than its rows', async () => {
    const batch = {...textBatch(Uint32Array.of(0)), rows: 2};

    const encoding = encoder.encode(batch, newFile(), {key: []});
    await expect(encoding).rejects.toThrow('shorter');
  });

  it('says that the folder cannot be written', async () => {
    const batch = textBatch(Uint32Array.of(0));
    const file = '/proc/self/nowhere/file.parquet';

    await expect(encoder.encode(batch, file, {key: []})).rejects.toThrow(SystemError);
  });

  it('rejects everything outstanding when its thread ends', async () => {
    const doomed = new ParquetEncoder({memoryLimitBytes: NaN, tempFolder: folder});

    const answers = await Promise.allSettled([
      doomed.query('SELECT 1'),
      doomed.query('x'),
    ]);

    expect(answers.map(({status}) => status)).toEqual(['rejected', 'rejected']);
    await expect(doomed.query('SELECT 1')).rejects.toThrow(SystemError);
    await doomed.close();
  });

  it('answers what was asked before it was closed', async () => {
    const closing = newEncoder();
    const answer = closing.query('SELECT 42');

    await closing.close();

    await expect(answer).resolves.toEqual([['42']]);
    await expect(closing.query('SELECT 1')).rejects.toThrow('closed');
  });
});

const TYPES: readonly ColumnType[] = [
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

const COLUMNS = TYPES.map((type) => column(type, type));

function column(name: string, type: ColumnType): Column {
  return {name, type, member: name};
}

const MICROS = {min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n};

function anyRow(): fc.Arbitrary<RowValue[]> {
  const text = fc.oneof(
    fc.string({unit: 'binary', maxLength: 12}),
    fc.constantFrom(
      '',
      'a\0b',
      'a',
      '\ud800',
      'x\udc00',
      '\u{1f600}',
      '\uffff',
      "it's",
    ),
    fc.string({minLength: 260, maxLength: 300}),
  );
  const values: fc.Arbitrary<RowValue>[] = [
    text,
    fc.json(),
    fc.boolean(),
    fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}),
    fc.double(),
    fc.bigInt({min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n}),
    fc.integer({min: -719_162, max: 2_932_896}),
    fc.bigInt(MICROS),
    fc.bigInt(MICROS),
  ];
  return fc
    .tuple(...values.map((value) => fc.option(value, {freq: 5})))
    .map((row) => [...row]);
}

/** Every value as text that loses nothing. */
const READ = [
  'string',
  'json',
  'boolean::VARCHAR',
  'bigint::VARCHAR',
  'double',
  'decimal::VARCHAR',
  "(date - DATE '1970-01-01')::VARCHAR",
  'epoch_us("timestamp")::VARCHAR',
  'epoch_us(timestamp_ntz)::VARCHAR',
].join(', ');

/** The rows' places in the file, in the order that the engine itself gives them. */
async function rowNumbers(file: string, key: readonly string[]): Promise<number[]> {
  const rows = await encoder.query(
    `SELECT file_row_number FROM read_parquet(${literal(file)}, file_row_number = true)
     ORDER BY ${key.join(' NULLS FIRST, ')} NULLS FIRST, file_row_number`,
  );
  return rows.map(([place]) => Number(place));
}

async function readBack(file: string): Promise<unknown[]> {
  const found = `read_parquet(${literal(file)}, file_row_number = true)`;
  const rows = await encoder.query(
    `SELECT ${READ} FROM (SELECT *, file_row_number AS raw FROM ${found}) ORDER BY raw`,
  );
  const told = (text: string | null, i: number): unknown =>
    text !== null && TYPES[i] === 'double'
      ? Number(text.replace('inf', 'Infinity'))
      : text;
  return rows.map((row) => row.map(told));
}

function asRead(value: RowValue, index: number): string | number | null {
  if (value === null) return null;
  if (TYPES[index] === 'decimal') return decimalText(BigInt(value));
  if (TYPES[index] === 'double') return Number(value);
  return String(value).replace(/\p{Surrogate}/gu, '\ufffd');
}

function decimalText(unscaled: bigint): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(10, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

function textBatch(codes: Uint32Array<ArrayBuffer>): ColumnBatch {
  return {
    rows: codes.length,
    columns: [
      {
        column: column('s', 'string'),
        valid: undefined,
        values: {kind: 'text', codes, dictionary: ['only']},
      },
    ],
  };
}

let files = 0;

function newFile(prefix = 'file'): string {
  return path.join(folder, `${prefix}-${files++}.parquet`);
}

function newEncoder(): ParquetEncoder {
  return new ParquetEncoder({
    memoryLimitBytes: 2e8,
    tempFolder: path.join(folder, 'spill'),
  });
}
