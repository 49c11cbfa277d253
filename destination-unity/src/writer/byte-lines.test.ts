import {isUtf8} from 'node:buffer';

import type {IncomingRecord, LineRun, StreamWriter} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {LineWalk} from '../rows/bytes/line-walk';
import {ByteRowReader} from '../rows/byte-row-reader';
import type {ColumnBatch, ColumnData} from '../rows/column-batch';
import {PlainRowReader} from '../rows/plain-row-reader';
import {RowColumns} from '../rows/row-columns';
import type {LineReader} from '../rows/row-reader';
import {AIRBYTE_COLUMNS} from '../table/airbyte-columns';
import {stream} from '../trial.stand-in';
import {MemoryLake} from './memory-lake.stand-in';
import {COLUMNS_OF_LINES, LINES, type Lines} from './record-lines.stand-in';
import {TableWriter} from './table-writer';

/** Streams that are tried; the long form is asked for by the environment. */
const STREAMS = Number(process.env['BYTE_LINE_STREAMS'] ?? 300);
const MS_A_STREAM = 100;

const COLUMNS = [...AIRBYTE_COLUMNS, ...COLUMNS_OF_LINES];
const CONSTANTS = {syncId: 7, generation: 3, rawIdPrefix: 1n, nowMs: 1767000000000};

type MakeReader = (key: readonly string[]) => LineReader;

describe('lines read as bytes', () => {
  it(
    'are stored, refused and counted as parsed ones are',
    async () => {
      const pieces = fc.array(fc.integer({min: 1, max: 9}), {maxLength: 12});
      const isKeyed = fc.boolean();
      const batch = fc.integer({min: 1, max: 40});
      await fc.assert(
        fc.asyncProperty(LINES, pieces, isKeyed, batch, async (lines, ...how) => {
          const [sizes, keyed, linesABatch] = how;
          const order = {
            lines: lines.filter((text) => !text.includes(0x0a)),
            key: keyed ? ['tag', 'at'] : [],
            linesABatch,
          };

          const parsed = await write(plainReader, {...order, sizes: [1]});
          const read = await write(byteReader, {...order, sizes: [...sizes, 1000]});

          expect(read).toEqual(parsed);
        }),
        {seed: 20261, numRuns: STREAMS},
      );
    },
    STREAMS * MS_A_STREAM,
  );

  it('are mostly taken without being parsed', () => {
    const reader = byteReader([]);
    const line =
      '{"type":"RECORD","record":{"stream":"tags","emitted_at":1772431200000,"data":' +
      '{"tag":"TI-1","timestamp":"2026-03-01T00:00:00.1234567Z","value":1.25,"good":true}}}\n';
    const buffer = Buffer.from(line.repeat(1000));
    const run = runOf(buffer, 0, Infinity);

    reader.readLines(run, 2000);

    expect(run).toMatchObject({position: buffer.length, records: 1000});
    expect(run.bytes).toBe(buffer.length - 1000);
  });

  it.each([
    ['a form that came before', ['"good":true', '"good":null', '"sequence":5'], 3],
    ['another value', ['"tag":"TI-1"', '"tag":"TI-200"', '"tag":""'], 1],
  ])('are gone through once where they have %s', (_, endings, forms) => {
    const walked = jest.spyOn(LineWalk.prototype, 'walk');
    const lines = endings.map((ending) => {
      const data = `{"timestamp":"2026-03-01T00:00:00Z","value":1,${ending}}`;
      return `{"type":"RECORD","record":{"stream":"tags","emitted_at":1772431200000,"data":${data}}}\n`;
    });
    const buffer = Buffer.from(
      lines
        .map((line) => line.repeat(40))
        .join('')
        .repeat(5),
    );
    const run = runOf(buffer, 0, Infinity);

    byteReader([]).readLines(run, 2000);

    expect(run.records).toBe(200 * endings.length);
    expect(walked).toHaveBeenCalledTimes(forms);
    walked.mockRestore();
  });

  it('are no more than asked for, in rows and in bytes', () => {
    const line =
      '{"type":"RECORD","record":{"stream":"tags","emitted_at":1772431200000,"data":{"value":1}}}\n';
    const buffer = Buffer.from(line.repeat(10));
    const [byRows, byBytes] = [runOf(buffer, 0, Infinity), runOf(buffer, 0, 100)];

    byteReader([]).readLines(byRows, 3);
    byteReader([]).readLines(byBytes, 100);

    expect(byRows.records).toBe(3);
    expect(byBytes.records).toBe(2);
  });
});

interface Order {
  readonly lines: Lines;
  readonly key: readonly string[];
  readonly linesABatch: number;
  /** Lines of each buffer, in turn; the last size goes on. */
  readonly sizes: readonly number[];
}

interface Written {
  readonly batches: readonly unknown[];
  /** Lines that are left to the shell. */
  readonly refused: readonly string[];
  readonly records: number;
  /** What lines and buffers take, before each flush. */
  readonly held: readonly (readonly number[])[];
  readonly failure: unknown;
  readonly notes: unknown;
}

async function write(make: MakeReader, order: Order): Promise<Written> {
  const reader = make(order.key);
  const batches: unknown[] = [];
  const writer = await writerOf(reader, (batch) => batches.push(described(batch)));
  const refused: string[] = [];
  const held: number[][] = [];
  const counted = {records: 0};
  let failure: unknown;
  for (let from = 0; from < order.lines.length; from += order.linesABatch) {
    const lines = order.lines.slice(from, from + order.linesABatch);
    for (const buffer of buffersOf(lines, order.sizes)) {
      refused.push(...takeAll(writer, buffer, counted));
    }
    held.push([reader.bytes, writer.heldBytes]);
    await writer.flush().catch((thrown: unknown) => (failure ??= String(thrown)));
  }
  const {notes} = reader;
  return {batches, refused, held, ...counted, failure, notes};
}

/** What a shell does: offers all, and goes on behind a line that it judges itself. */
function takeAll(
  writer: StreamWriter,
  buffer: Buffer,
  counted: {records: number},
): readonly string[] {
  const refused: string[] = [];
  let position = 0;
  while (position < buffer.length) {
    const run = runOf(buffer, position, Infinity);
    writer.lines?.(run);
    counted.records += run.records;
    position = run.position;
    if (position >= buffer.length) break;
    const end = buffer.indexOf(0x0a, position);
    const line = buffer.subarray(position, end);
    if (isTakenParsed(writer, line)) counted.records += 1;
    else refused.push(line.toString('latin1'));
    position = end + 1;
  }
  return refused;
}

/** What a shell does with a line that the writer leaves to it. */
function isTakenParsed(writer: StreamWriter, line: Buffer): boolean {
  const text = line.toString('utf8').replace(/\r$/, '');
  try {
    const {type, record} = JSON.parse(text) as {
      type: string;
      record: IncomingRecord & {stream: string; namespace?: string | null};
    };
    const isOurs = record.stream === 'tags' && (record.namespace ?? '') === '';
    if (type !== 'RECORD' || !isOurs || !isUtf8(line)) return false;
    writer.record(record, Buffer.byteLength(text), text);
    return true;
  } catch {
    return false;
  }
}

function runOf(buffer: Buffer, position: number, mostBytes: number): LineRun {
  return {buffer, end: buffer.length, mostBytes, position, records: 0, bytes: 0};
}

function* buffersOf(lines: Lines, sizes: readonly number[]): Generator<Buffer> {
  const left = lines.map((line) => Buffer.concat([line, Buffer.from('\n')]));
  for (let i = 0; left.length > 0; i++) {
    yield Buffer.concat(left.splice(0, sizes[Math.min(i, sizes.length - 1)]));
  }
}

async function writerOf(
  reader: LineReader,
  onBatch: (batch: ColumnBatch) => void,
): Promise<TableWriter> {
  const lake = new MemoryLake();
  const name = {catalog: 'c', schema: 's', table: 'tags'};
  const wanted = {name, columns: COLUMNS, key: [], cursor: undefined};
  const table = await lake.ensure(wanted);
  table.append = (batch) => {
    onBatch(batch);
    return Promise.resolve();
  };
  const decision = {kind: 'append', generation: 3} as never;
  const target = {table, receiver: table, wanted, decision, isMerged: false};
  const log = {error: () => undefined, warn: () => undefined} as never;
  return new TableWriter({
    stream: stream({name: 'tags'}),
    target: {...target, filling: COLUMNS},
    reader,
    log,
  });
}

function byteReader(key: readonly string[]): LineReader {
  const tags = {name: 'tags'};
  return new ByteRowReader({columns: COLUMNS, key, constants: CONSTANTS, stream: tags});
}

/** The reference: every line is parsed. */
function plainReader(key: readonly string[]): LineReader {
  const columns = new RowColumns({columns: COLUMNS, key, constants: CONSTANTS});
  const reader = new PlainRowReader(columns, key);
  return Object.assign(reader, {readLines: () => undefined});
}

/** Every bit that a batch says, as text. */
function described({rows, columns}: ColumnBatch): unknown {
  return {rows, columns: columns.map((data) => columnText(data, rows))};
}

function columnText({column, valid, values}: ColumnData, rows: number): unknown {
  const bits = valid && hex(valid, Math.ceil(rows / 8));
  if (values.kind === 'raw_id') return {name: column.name, values};
  if (values.kind === 'text') {
    const {codes, dictionary} = values;
    return {name: column.name, bits, codes: hex(codes, rows * 4), dictionary};
  }
  const width = values.kind === 'decimal' ? 16 : values.values.BYTES_PER_ELEMENT;
  return {name: column.name, bits, values: hex(values.values, rows * width)};
}

function hex({buffer, byteOffset}: ArrayBufferView, bytes: number): string {
  return Buffer.from(buffer, byteOffset, bytes).toString('hex');
}
