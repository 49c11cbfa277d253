import * as duckdb from '@duckdb/node-bindings';

import type {ColumnValues} from '../rows/column-batch';
import {isValid} from './validity';
import {
  rowAt,
  VECTOR_ROWS,
  type ColumnFeed,
  type EmptyColumn,
  type RowSpan,
} from './vector-feed';

type TextValues = Extract<ColumnValues, {kind: 'text'}>;

interface TextOptions {
  readonly valid: Uint8Array | undefined;
  readonly narrow: boolean;
}

/** Beyond this many distinct texts, references are quicker than an enumeration. */
const MAX_ENUM_TEXTS = 100_000;

/** From this many distinct texts on, bounds per row group let readers skip. */
const MIN_NARROW_TEXTS = 64;

/** NUL, or half of a surrogate pair standing alone. */
const NOT_FOR_ENUM = /\0|\p{Surrogate}/u;

/** Text goes over as codes; each distinct text is handed to the engine once. */
export function textFeed(
  values: TextValues,
  {valid, narrow}: TextOptions,
): ColumnFeed | EmptyColumn {
  const {dictionary} = values;
  if (dictionary.length === 0) return {type: undefined, expression: 'NULL::VARCHAR'};
  if (!isEnumerable(dictionary)) return referenceFeed(values, valid);
  // A column left as an enumeration has no bounds, and its row groups repeat them all.
  const cast = narrow || dictionary.length >= MIN_NARROW_TEXTS;
  return enumFeed(values, {valid, expression: cast ? '$::VARCHAR' : '$'});
}

/** The engine's enumerations end a text at NUL and refuse the same text twice. */
function isEnumerable(dictionary: readonly string[]): boolean {
  return (
    dictionary.length <= MAX_ENUM_TEXTS &&
    !dictionary.some((text) => NOT_FOR_ENUM.test(text)) &&
    new Set(dictionary).size === dictionary.length
  );
}

function enumFeed(
  {codes, dictionary}: TextValues,
  {valid, expression}: {valid: Uint8Array | undefined; expression: string},
): ColumnFeed {
  const type = duckdb.create_enum_type(dictionary);
  const target = enumCodes(type);
  const take = codeTaker({codes, dictionary}, valid);
  return {
    type,
    expression,
    fill(vector, span) {
      take(target, span);
      const bytes = span.count * target.BYTES_PER_ELEMENT;
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

/** Copies codes of a span; a row without a value gets 0, whatever its code was. */
function codeTaker(
  {codes, dictionary}: Pick<TextValues, 'codes' | 'dictionary'>,
  valid: Uint8Array | undefined,
): (target: Codes, span: RowSpan) => void {
  const size = dictionary.length;
  return (target, span) => {
    for (let i = 0; i < span.count; i++) {
      const row = rowAt(span, i);
      const code = codes[row] ?? 0;
      target[i] = code < size && isValid(valid, row) ? code : 0;
    }
  };
}

/**
 * Texts stand once in a vector of the engine, and each row gets the 16-byte reference
 * of its text. The vector lives as long as the feed: longer than the COPY.
 */
function referenceFeed(values: TextValues, valid: Uint8Array | undefined): ColumnFeed {
  const {dictionary} = values;
  const type = duckdb.create_logical_type(duckdb.Type.VARCHAR);
  const texts = duckdb.create_vector(type, dictionary.length);
  dictionary.forEach((text, i) => {
    duckdb.vector_assign_string_element_len(texts, i, Buffer.from(text, 'utf8'));
  });
  const references = referencesOf(texts, dictionary.length);
  const take = codeTaker(values, valid);
  const codes = new Uint32Array(VECTOR_ROWS);
  const target = new Uint32Array(VECTOR_ROWS * 4);
  const feed = {
    type,
    expression: '$',
    texts,
    fill(vector: duckdb.Vector, span: RowSpan) {
      take(codes, span);
      for (let i = 0; i < span.count; i++) {
        const at = (codes[i] ?? 0) * 4;
        for (let word = 0; word < 4; word++)
          target[i * 4 + word] = references[at + word] ?? 0;
      }
      duckdb.copy_data_to_vector(vector, 0, target.buffer, 0, span.count * 16);
    },
  };
  return feed;
}

function referencesOf(texts: duckdb.Vector, count: number): Uint32Array {
  const bytes = duckdb.vector_get_data(texts, count * 16);
  const {buffer, byteOffset, byteLength} = bytes;
  return new Uint32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
