import {SystemError} from 'airbyte-cdk-ts';

import type {ColumnBatch, ColumnData, ColumnValues} from '../rows/column-batch';
import type {Column, ColumnType} from '../table/table-definition';

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
  return {column, valid, values: COLUMN_VALUES[column.type](values)};
}

type Values = readonly RowValue[];

const timestampValues = (values: Values): ColumnValues => ({
  kind: 'timestamp',
  values: BigInt64Array.from(values, bits),
});

const COLUMN_VALUES: Readonly<Record<ColumnType, (values: Values) => ColumnValues>> = {
  string: textValues,
  json: textValues,
  boolean: (values) => ({kind: 'boolean', values: Uint8Array.from(values, Number)}),
  double: (values) => ({kind: 'double', values: Float64Array.from(values, Number)}),
  date: (values) => ({kind: 'date', values: Int32Array.from(values, Number)}),
  bigint: (values) => ({kind: 'bigint', values: BigInt64Array.from(values, bits)}),
  decimal: (values) => ({
    kind: 'decimal',
    values: BigInt64Array.from(values.flatMap(halves)),
  }),
  timestamp: timestampValues,
  timestamp_ntz: timestampValues,
};

function textValues(values: Values): ColumnValues {
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
