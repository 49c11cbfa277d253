import * as duckdb from '@duckdb/node-bindings';

import {EngineFault} from './engine-fault';

/** A value as the engine writes it; of a map, its entries. */
export type AnswerValue = string | null | AnswerMap;
export type AnswerMap = ReadonlyMap<string, AnswerValue>;

/** A text is its length, and the text itself or, where it is longer, where it stands. */
const TEXT_BYTES = 16;
const LENGTH_BYTES = 4;
const LONGEST_INLINE = 12;
const POINTER_AT = 8;

/** A list is the place of its first element and their number. */
const WORD_BYTES = 8;
const WORDS_A_LIST = 2;
/** Validity comes in words: a bit for each row, set where it has a value. */
const WORD_ROWS = 64;

/** Reads the value of a row of a vector. */
type ReadValue = (row: number) => AnswerValue;

/**
 * The rows of an answer of texts, whole numbers and maps of them, which is all that is
 * asked of the engine here. `@duckdb/node-api` reads every type and every statement; for
 * this, loading it took 80 ms and 6 to 10 MB of each process that writes.
 */
export async function answerRows(
  result: duckdb.Result,
): Promise<(readonly AnswerValue[])[]> {
  const rows: (readonly AnswerValue[])[] = [];
  for (;;) {
    const chunk = await duckdb.fetch_chunk(result);
    const count = chunk === null ? 0 : duckdb.data_chunk_get_size(chunk);
    if (chunk === null || count === 0) return rows;
    const columns = Array.from(
      {length: duckdb.data_chunk_get_column_count(chunk)},
      (_, i) => readerOf(duckdb.data_chunk_get_vector(chunk, i), count),
    );
    for (let row = 0; row < count; row += 1) {
      rows.push(columns.map((read) => read(row)));
    }
    // What vectors stand on is freed with the chunk: it has to be held until they are read.
    duckdb.data_chunk_reset(chunk);
  }
}

function readerOf(vector: duckdb.Vector, rows: number): ReadValue {
  const read = presentReader(vector, rows);
  // The engine has none where every row has a value.
  const validity = duckdb.vector_get_validity(
    vector,
    Math.ceil(rows / WORD_ROWS) * WORD_BYTES,
  ) as Uint8Array | null;
  if (validity === null) return read;
  return (row) => (hasBit(validity, row) ? read(row) : null);
}

function hasBit(validity: Uint8Array, row: number): boolean {
  return (((validity[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}

function presentReader(vector: duckdb.Vector, rows: number): ReadValue {
  const type = duckdb.get_type_id(duckdb.vector_get_column_type(vector));
  const make = READERS.get(type);
  if (make !== undefined) return make(vector, rows);
  throw new EngineFault(`The engine answered with values of type ${type}.`);
}

const READERS: ReadonlyMap<
  duckdb.Type,
  (vector: duckdb.Vector, rows: number) => ReadValue
> = new Map([
  [duckdb.Type.VARCHAR, textReader],
  [duckdb.Type.BIGINT, signedReader],
  [duckdb.Type.UBIGINT, unsignedReader],
  [duckdb.Type.MAP, mapReader],
]);

function textReader(vector: duckdb.Vector, rows: number): (row: number) => string {
  const {buffer, byteOffset, byteLength} = duckdb.vector_get_data(
    vector,
    rows * TEXT_BYTES,
  );
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return (row) => {
    const at = row * TEXT_BYTES;
    const length = bytes.readUInt32LE(at);
    if (length <= LONGEST_INLINE) {
      return bytes.toString('utf8', at + LENGTH_BYTES, at + LENGTH_BYTES + length);
    }
    const text = duckdb.get_data_from_pointer(
      buffer as ArrayBuffer,
      byteOffset + at + POINTER_AT,
      length,
    );
    return Buffer.from(text.buffer, text.byteOffset, length).toString();
  };
}

function signedReader(vector: duckdb.Vector, rows: number): ReadValue {
  const numbers = new BigInt64Array(...words(vector, rows));
  return (row) => String(numbers[row]);
}

function unsignedReader(vector: duckdb.Vector, rows: number): ReadValue {
  const numbers = new BigUint64Array(...words(vector, rows));
  return (row) => String(numbers[row]);
}

/** To the engine a map is a list of pairs. */
function mapReader(vector: duckdb.Vector, rows: number): ReadValue {
  const places = new BigUint64Array(...words(vector, rows * WORDS_A_LIST));
  const pairs = duckdb.list_vector_get_child(vector);
  const entries = duckdb.list_vector_get_size(vector);
  const keys = textReader(duckdb.struct_vector_get_child(pairs, 0), entries);
  const values = readerOf(duckdb.struct_vector_get_child(pairs, 1), entries);
  return (row) => {
    const first = Number(places[WORDS_A_LIST * row]);
    const count = Number(places[WORDS_A_LIST * row + 1]);
    const entry = (_: unknown, i: number): [string, AnswerValue] => [
      keys(first + i),
      values(first + i),
    ];
    return new Map(Array.from({length: count}, entry));
  };
}

/** Where the first so many words of a vector stand, as typed arrays want to be told. */
function words(
  vector: duckdb.Vector,
  count: number,
): [ArrayBufferLike, number, number] {
  const {buffer, byteOffset} = duckdb.vector_get_data(vector, count * WORD_BYTES);
  return [buffer, byteOffset, count];
}
