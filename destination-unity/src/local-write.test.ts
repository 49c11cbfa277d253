import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type {JsonObject} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {openLocalLake} from './lake/local/local-lake';
import {ParquetEncoder} from './parquet/parquet-encoder';
import type {StoredRow, StoredValue} from './rows/stored-rows.stand-in';
import type {Column} from './table/table-definition';
import {logInto, start, stream, TEXT, write, type Boring} from './trial.stand-in';
import {MemoryLake, type MemoryTable} from './writer/memory-lake.stand-in';

let root: string;
let reader: ParquetEncoder;

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'local-write-'));
  reader = new ParquetEncoder({
    memoryLimitBytes: 2e8,
    tempFolder: path.join(root, 'spill'),
  });
});

afterAll(async () => {
  await reader.close();
  await rm(root, {recursive: true});
});

describe('a write to the local lake', () => {
  it('stores every value as a lake in memory holds it', async () => {
    const records = fc.sample(anyRecord(), {seed: 1, numRuns: 400});

    const {table, rows} = await writeTwice({name: 'any', properties: ANY_MEMBER}, [
      records,
    ]);

    expect(rows).toEqual(table.rows.map((row) => comparable(row, table)));
  });

  it('merges as a lake in memory does, nanoseconds of the key included', async () => {
    const record = fc.record({
      tag: fc.constantFrom('a', 'b', null),
      at: fc
        .tuple(fc.nat({max: 3}), fc.constantFrom('', '1', '2'))
        .map(([second, tick]) => `2026-03-01T00:00:0${second}.000000${tick}Z`),
      sequence: fc.constant(0),
      value: fc.nat(),
    });
    const whole = record.map((each) => ({...each, at: `${each.at.slice(0, 26)}Z`}));
    const before = fc.sample(whole, {seed: 2, numRuns: 6});
    const records = fc.sample(record, {seed: 3, numRuns: 250});

    const {table, rows} = await writeTwice({name: 'merged', ...KEYED}, [
      before,
      records,
    ]);

    expect(sorted(rows)).toEqual(
      sorted(table.rows.map((row) => comparable(row, table))),
    );
    expect(rows.length).toBeGreaterThan(20);
  });

  it('stores 500 columns, most of them empty', async () => {
    const names = Array.from({length: 500}, (_, at) => `Column ${at}`);
    const properties = Object.fromEntries(names.map((name) => [name, TEXT]));
    const records = names.map((name) => ({[name]: `${name}\0`, 'Column 0': ''}));

    const {table, rows} = await writeTwice({name: 'wide', properties}, [records]);

    expect(rows).toEqual(table.rows.map((row) => comparable(row, table)));
  });
});

const KEYED = {
  properties: {
    tag: TEXT,
    at: {type: 'string', format: 'date-time'},
    sequence: {type: 'integer'},
    value: {type: 'integer'},
  },
  primaryKey: [['tag'], ['at'], ['sequence']],
  mode: 'append_dedup',
} as const;

const ANY_MEMBER = {
  text: TEXT,
  yes: {type: 'boolean'},
  count: {type: 'integer'},
  value: {type: 'number'},
  day: {type: 'string', format: 'date'},
  at: {type: 'string', format: 'date-time'},
  local: {
    type: 'string',
    format: 'date-time',
    airbyte_type: 'timestamp_without_timezone',
  },
  any: {},
};

/** Values that fit, values that nearly fit, and values of another kind. */
function anyRecord(): fc.Arbitrary<JsonObject> {
  const date = fc.date({
    min: new Date('0001-01-02T00:00:00Z'),
    max: new Date('9999-12-30T00:00:00Z'),
    noInvalidDate: true,
  });
  const instant = date.map((each) => each.toISOString().replace('Z', '1239Z'));
  const stranger = fc.oneof(fc.constant(null), fc.jsonValue());
  const member = (fitting: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc.oneof({weight: 5, arbitrary: fitting}, {weight: 1, arbitrary: stranger});
  const text = fc.string({
    unit: fc.oneof(fc.constant('\0'), fc.constant('\ud800'), unit()),
  });
  const members = fc.record(
    {
      text: member(text),
      yes: member(fc.boolean()),
      count: member(fc.maxSafeInteger()),
      value: member(fc.oneof(fc.double(), fc.constantFrom('NaN', '-Infinity', '1.50'))),
      day: member(instant.map((each) => each.slice(0, 10))),
      at: member(instant),
      local: member(instant.map((each) => each.slice(0, -1))),
      any: member(fc.jsonValue()),
      stranger,
    },
    {requiredKeys: []},
  );
  return members.map((each) => JSON.parse(JSON.stringify(each)) as JsonObject);
}

function unit(): fc.Arbitrary<string> {
  return fc.string({unit: 'binary', minLength: 1, maxLength: 1});
}

interface Twice {
  readonly table: MemoryTable;
  /** As a reader of Parquet sees them in the folder. */
  readonly rows: readonly unknown[];
}

/** Writes the same syncs, one behind the other, to both lakes. */
async function writeTwice(
  asked: Boring & {readonly name: string},
  syncs: readonly (readonly JsonObject[])[],
): Promise<Twice> {
  const memory = new MemoryLake();
  for (const records of syncs) {
    const local = openLocalLake({path: root, log: logInto([])});
    await write(start(memory).open, stream(asked), records);
    await write(start(local).open, stream(asked), records);
    await local.close();
  }
  const table = memory.table(`pi.${asked.name}`);
  const folder = path.join(root, 'main', 'pi', asked.name);
  return {table, rows: await storedIn(folder, table.definition.columns)};
}

/** Rows of merged files stand in the order of the key, and raw ids begin anew each sync. */
function sorted(rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}

async function storedIn(
  folder: string,
  columns: readonly Column[],
): Promise<readonly unknown[]> {
  const files = await presentFiles(path.join(folder, '_delta_log'));
  const list = files.map((file) => `'${path.join(folder, file)}'`).join();
  const rows = await reader.query(
    `SELECT ${columns.map(asText).join()}
     FROM read_parquet([${list}], union_by_name = true) ORDER BY _airbyte_raw_id`,
  );
  return (rows as readonly (readonly (string | null)[])[]).map((cells) =>
    cells.map((cell, at) => (columns[at]?.type === 'double' ? doubleText(cell) : cell)),
  );
}

/** What the log of the table adds up to. */
async function presentFiles(log: string): Promise<readonly string[]> {
  const versions = (await readdir(log))
    .filter((file) => /^\d+\.json$/.test(file))
    .sort();
  const files = new Set<string>();
  for (const version of versions) {
    const lines = (await readFile(path.join(log, version), 'utf8')).trim().split('\n');
    for (const line of lines) {
      const {add, remove} = JSON.parse(line) as Partial<Record<string, {path: string}>>;
      if (remove !== undefined) files.delete(remove.path);
      if (add !== undefined) files.add(add.path);
    }
  }
  return [...files].map(decodeURIComponent);
}

function asText({name, type}: Column): string {
  const quoted = `"${name}"`;
  if (type === 'date') return `(${quoted} - DATE '1970-01-01')::VARCHAR`;
  return type.startsWith('timestamp')
    ? `epoch_us(${quoted})::VARCHAR`
    : `${quoted}::VARCHAR`;
}

/** The engine writes a double's shortest digits, but in its own way. */
function doubleText(cell: string | null): string | null {
  if (cell === null) return null;
  return String(Number(cell.replace('inf', 'Infinity').replace('nan', 'NaN')));
}

function comparable(row: StoredRow, table: MemoryTable): readonly (string | null)[] {
  return table.definition.columns.map(({name}) => said(row[name]));
}

function said(value: StoredValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
