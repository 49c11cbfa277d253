import * as duckdb from '@duckdb/node-bindings';

import type {ColumnValues} from '../rows/column-batch';
import {VECTOR_ROWS, type RowRuns} from './row-runs';
import type {ColumnFeed, EmptyColumn} from './vector-feed';

type TextValues = Extract<ColumnValues, {kind: 'text'}>;

/** Beyond this many distinct texts, references are quicker than an enumeration. */
const MAX_ENUM_TEXTS = 100_000;

/** From this many distinct texts on, bounds per row group let readers skip. */
const MIN_NARROW_TEXTS = 64;

/** NUL, or half of a surrogate pair standing alone. */
const NOT_FOR_ENUM = /\0|\p{Surrogate}/u;

/** Text goes over as codes; each distinct text is handed to the engine once. */
export function textFeed(
  values: TextValues,
  narrow: boolean,
): ColumnFeed | EmptyColumn {
  const {dictionary} = values;
  if (dictionary.length === 0) return {type: undefined, expression: 'NULL::VARCHAR'};
  if (!isEnumerable(dictionary)) return referenceFeed(values);
  // A column left as an enumeration has no bounds, and its row groups repeat them all.
  const cast = narrow || dictionary.length >= MIN_NARROW_TEXTS;
  return enumFeed(values, cast ? '$::VARCHAR' : '$');
}

/** The engine's enumerations end a text at NUL and refuse the same text twice. */
function isEnumerable(dictionary: readonly string[]): boolean {
  return (
    dictionary.length <= MAX_ENUM_TEXTS &&
    !dictionary.some((text) => NOT_FOR_ENUM.test(text)) &&
    new Set(dictionary).size === dictionary.length
  );
}

function enumFeed(values: TextValues, expression: string): ColumnFeed {
  const {dictionary} = values;
  const type = duckdb.create_enum_type(dictionary);
  const target = enumCodes(type);
  return {
    type,
    expression,
    fill(vector, runs, rows) {
      takeCodes(target, values, runs);
      const bytes = rows * target.BYTES_PER_ELEMENT;
      duckdb.copy_data_to_vector(vector, 0, target.buffer, 0, bytes);
    },
  };
}

type Codes =
  Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

function enumCodes(type: duckdb.LogicalType): Codes {
  const stored = duckdb.enum_internal_type(type);
  if (stored === duckdb.Type.UTINYINT) return new Uint8Array(VECTOR_ROWS);
  if (stored === duckdb.Type.USMALLINT) return new Uint16Array(VECTOR_ROWS);
  return new Uint32Array(VECTOR_ROWS);
}

/** Copies codes; one that lies outside the dictionary, which a gap may have, becomes 0. */
function takeCodes(
  target: Codes,
  {codes, dictionary}: TextValues,
  {count, starts, ends}: RowRuns,
): void {
  const size = dictionary.length;
  // The target is full of zeros already.
  if (size === 1) return;
  let place = 0;
  for (let run = 0; run < count; run++) {
    const end = ends[run] ?? 0;
    for (let row = starts[run] ?? 0; row < end; row++) {
      const code = codes[row] ?? 0;
      target[place++] = code < size ? code : 0;
    }
  }
}

/**
 * Texts stand once in a vector of the engine, and each row gets the 16-byte reference
 * of its text. The vector lives as long as the feed: longer than the COPY.
 */
function referenceFeed(values: TextValues): ColumnFeed {
  const {dictionary} = values;
  const type = duckdb.create_logical_type(duckdb.Type.VARCHAR);
  const texts = duckdb.create_vector(type, dictionary.length);
  dictionary.forEach((text, i) => {
    duckdb.vector_assign_string_element_len(texts, i, Buffer.from(text, 'utf8'));
  });
  const references = referencesOf(texts, dictionary.length);
  const codes = new Uint32Array(VECTOR_ROWS);
  const target = new Uint32Array(VECTOR_ROWS * 4);
  const feed = {
    type,
    expression: '$',
    texts,
    fill(vector: duckdb.Vector, runs: RowRuns, rows: number) {
      takeCodes(codes, values, runs);
      for (let i = 0; i < rows; i++) {
        const at = (codes[i] ?? 0) * 4;
        for (let word = 0; word < 4; word++)
          target[i * 4 + word] = references[at + word] ?? 0;
      }
      duckdb.copy_data_to_vector(vector, 0, target.buffer, 0, rows * 16);
    },
  };
  return feed;
}

function referencesOf(texts: duckdb.Vector, count: number): Uint32Array {
  const bytes = duckdb.vector_get_data(texts, count * 16);
  const {buffer, byteOffset, byteLength} = bytes;
  return new Uint32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
