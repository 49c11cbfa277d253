import * as duckdb from '@duckdb/node-bindings';

import type {ColumnValues} from '../rows/column-batch';
import type {ColumnType} from '../table/table-definition';
import {VECTOR_ROWS, type ColumnFeed, type RowSpan} from './vector-feed';

type FixedKind = Exclude<ColumnValues['kind'], 'text' | 'raw_id'>;

function fixedType(kind: FixedKind, type: ColumnType): duckdb.LogicalType {
  switch (kind) {
    case 'double':
      return duckdb.create_logical_type(duckdb.Type.DOUBLE);
    case 'bigint':
      return duckdb.create_logical_type(duckdb.Type.BIGINT);
    case 'decimal':
      return duckdb.create_decimal_type(38, 9);
    case 'boolean':
      return duckdb.create_logical_type(duckdb.Type.BOOLEAN);
    case 'date':
      return duckdb.create_logical_type(duckdb.Type.DATE);
    case 'timestamp':
      return duckdb.create_logical_type(
        type === 'timestamp_ntz' ? duckdb.Type.TIMESTAMP : duckdb.Type.TIMESTAMP_TZ,
      );
  }
}

type FixedValues = Extract<ColumnValues, {kind: FixedKind}>;

/** Values of fixed width go over as they lie in memory. */
export function fixedFeed({kind, values}: FixedValues, column: ColumnType): ColumnFeed {
  const type = fixedType(kind, column);
  // A decimal holds two 64-bit halves a row.
  const width = kind === 'decimal' ? 16 : values.BYTES_PER_ELEMENT;
  const gather = gatherer(values, width);
  return {
    type,
    expression: '$',
    fill(vector, span) {
      const bytes = span.count * width;
      const {from, order} = span;
      if (order === undefined) {
        const offset = values.byteOffset + from * width;
        duckdb.copy_data_to_vector(vector, 0, values.buffer, offset, bytes);
      } else {
        duckdb.copy_data_to_vector(vector, 0, gather({...span, order}), 0, bytes);
      }
    },
  };
}

/** Collects the values of a span's rows, in their order. */
type Gather = (span: OrderedSpan) => ArrayBuffer;

type OrderedSpan = RowSpan & {readonly order: Uint32Array};

/** Values move as whole 32-bit words, so that no bit pattern changes on the way. */
function gatherer(
  {buffer, byteOffset, byteLength}: FixedValues['values'],
  width: number,
): Gather {
  if (width === 1) return gatherBytes(new Uint8Array(buffer, byteOffset, byteLength));
  const source = new Int32Array(buffer, byteOffset, byteLength / 4);
  return width === 8 ? gatherPairs(source) : gatherWords(source, width / 4);
}

function gatherBytes(source: Uint8Array): Gather {
  const target = new Uint8Array(VECTOR_ROWS);
  return ({from, count, order}) => {
    for (let i = 0; i < count; i++) target[i] = source[order[from + i] ?? 0] ?? 0;
    return target.buffer;
  };
}

/** The common width, unrolled: most columns are 64 bits wide. */
function gatherPairs(source: Int32Array): Gather {
  const target = new Int32Array(VECTOR_ROWS * 2);
  return ({from, count, order}) => {
    for (let i = 0; i < count; i++) {
      const row = (order[from + i] ?? 0) * 2;
      target[i * 2] = source[row] ?? 0;
      target[i * 2 + 1] = source[row + 1] ?? 0;
    }
    return target.buffer;
  };
}

function gatherWords(source: Int32Array, words: number): Gather {
  const target = new Int32Array(VECTOR_ROWS * words);
  return ({from, count, order}) => {
    for (let i = 0; i < count; i++) {
      const row = (order[from + i] ?? 0) * words;
      for (let word = 0; word < words; word++) {
        target[i * words + word] = source[row + word] ?? 0;
      }
    }
    return target.buffer;
  };
}
