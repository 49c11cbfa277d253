import * as duckdb from '@duckdb/node-bindings';

import type {ColumnValues} from '../rows/column-batch';
import type {ColumnType} from '../table/table-definition';
import {VECTOR_ROWS, type RowRuns} from './row-runs';
import type {ColumnFeed} from './vector-feed';

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
  const units = unitsOf(values);
  const perRow = width / units.BYTES_PER_ELEMENT;
  const make = units.constructor as new (length: number) => typeof units;
  const target = new make(VECTOR_ROWS * perRow);
  return {
    type,
    expression: '$',
    fill(vector, runs, rows) {
      copyRuns(target, units, {runs, perRow});
      duckdb.copy_data_to_vector(vector, 0, target.buffer, 0, rows * width);
    },
  };
}

type Units = Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** Values move as bytes or as 32-bit words, so that no bit pattern changes on the way. */
function unitsOf({
  buffer,
  byteOffset,
  byteLength,
  BYTES_PER_ELEMENT: width,
}: FixedValues['values']): Units {
  return width === 1
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : new Int32Array(buffer, byteOffset, byteLength / 4);
}

/** From this many units on, a copy at once is quicker than one by one. */
const MANY_UNITS = 32;

function copyRuns(
  target: Units,
  source: Units,
  {runs, perRow}: {readonly runs: RowRuns; readonly perRow: number},
): void {
  const {count, starts, ends} = runs;
  let place = 0;
  for (let run = 0; run < count; run++) {
    const from = (starts[run] ?? 0) * perRow;
    const to = (ends[run] ?? 0) * perRow;
    if (to - from < MANY_UNITS) {
      for (let at = from; at < to; at++) target[place++] = source[at] ?? 0;
    } else {
      target.set(source.subarray(from, to), place);
      place += to - from;
    }
  }
}
