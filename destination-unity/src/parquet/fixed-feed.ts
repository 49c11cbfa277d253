import * as duckdb from '@duckdb/node-bindings';

import type {ColumnValues} from '../rows/column-batch';
import type {ColumnType} from '../table/table-definition';
import {rowAt, VECTOR_ROWS, type ColumnFeed, type RowSpan} from './vector-feed';

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
      if (span.order === undefined) {
        const offset = values.byteOffset + span.from * width;
        duckdb.copy_data_to_vector(vector, 0, values.buffer, offset, bytes);
      } else {
        duckdb.copy_data_to_vector(vector, 0, gather(span), 0, bytes);
      }
    },
  };
}

/** Collects values by row order, as whole 32-bit words so that no bit pattern changes. */
function gatherer(
  values: FixedValues['values'],
  width: number,
): (span: RowSpan) => ArrayBuffer {
  if (width === 1) {
    const source = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    return gatherBytes(source);
  }
  const words = width / 4;
  const source = new Uint32Array(
    values.buffer,
    values.byteOffset,
    values.byteLength / 4,
  );
  const target = new Uint32Array(VECTOR_ROWS * words);
  return (span) => {
    for (let i = 0; i < span.count; i++) {
      const row = rowAt(span, i) * words;
      for (let word = 0; word < words; word++) {
        target[i * words + word] = source[row + word] ?? 0;
      }
    }
    return target.buffer;
  };
}

function gatherBytes(source: Uint8Array): (span: RowSpan) => ArrayBuffer {
  const target = new Uint8Array(VECTOR_ROWS);
  return (span) => {
    for (let i = 0; i < span.count; i++) target[i] = source[rowAt(span, i)] ?? 0;
    return target.buffer;
  };
}
