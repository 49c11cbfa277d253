import {SystemError} from 'airbyte-cdk-ts';

import type {ColumnBatch, ColumnData, ColumnValues} from '../rows/column-batch';
import type {Column} from '../table/table-definition';

/**
 * A value of a row: text for `string` and `json`, a number for `double` and `date`
 * (days), 64 bits for `bigint`, timestamps (microseconds) and `decimal` (unscaled).
 */
export type RowValue = string | number | bigint | boolean | null;

/** A handful of rows as a batch; many rows are never made into objects first. */
export function batchFromRows(
  columns: readonly Column[],
  rows: readonly (readonly RowValue[])[],
): ColumnBatch {
  return {
    rows: rows.length,
    columns: columns.map((column, i) =>
      columnData(
        column,
        rows.map((row) => row[i] ?? null),
      ),
    ),
  };
}

function columnData(column: Column, values: readonly RowValue[]): ColumnData {
  const valid = new Uint8Array(Math.ceil(values.length / 64) * 8);
  for (const [row, value] of values.entries()) {
    const bit = value === null ? 0 : 1 << (row & 7);
    valid[row >> 3] = (valid[row >> 3] ?? 0) | bit;
  }
  return {column, valid, values: columnValues(column, values)};
}

function columnValues({type}: Column, values: readonly RowValue[]): ColumnValues {
  if (type === 'string' || type === 'json') return textValues(values);
  switch (type) {
    case 'boolean':
      return {kind: type, values: Uint8Array.from(values, Number)};
    case 'double':
      return {kind: type, values: Float64Array.from(values, Number)};
    case 'date':
      return {kind: type, values: Int32Array.from(values, Number)};
    case 'bigint':
      return {kind: type, values: BigInt64Array.from(values, bits)};
    case 'decimal':
      return {kind: type, values: BigInt64Array.from(values.flatMap(halves))};
    case 'timestamp':
    case 'timestamp_ntz':
      return {kind: 'timestamp', values: BigInt64Array.from(values, bits)};
  }
}

function textValues(values: readonly RowValue[]): ColumnValues {
  const dictionary = [...new Set(values.filter((value) => typeof value === 'string'))];
  const codes = new Map<RowValue, number>(dictionary.map((text, code) => [text, code]));
  return {
    kind: 'text',
    codes: Uint32Array.from(values, (value) => codes.get(value) ?? 0),
    dictionary,
  };
}

function bits(value: RowValue): bigint {
  if (value === null) return 0n;
  if (typeof value === 'bigint') return value;
  throw new SystemError('A value of 64 bits must be given as a bigint.');
}

function halves(value: RowValue): readonly bigint[] {
  return [BigInt.asIntN(64, bits(value)), BigInt.asIntN(64, bits(value) >> 64n)];
}
