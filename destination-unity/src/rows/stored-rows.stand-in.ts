import type {ColumnBatch, ColumnData, ColumnValues} from './column-batch';

/** What a table holds in one column of one row. */
export type StoredValue = string | number | bigint | boolean | null;

export type StoredRow = Readonly<Record<string, StoredValue>>;

/** The rows of a batch one by one: decimals as unscaled integers, times as microseconds. */
export function storedRows({rows, columns}: ColumnBatch): readonly StoredRow[] {
  return Array.from({length: rows}, (_, row) => {
    const entries = columns.map((data) => [data.column.name, storedValue(data, row)]);
    return Object.fromEntries(entries) as StoredRow;
  });
}

function storedValue({valid, values}: ColumnData, row: number): StoredValue {
  const isPresent =
    valid === undefined || (((valid[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
  return isPresent ? presentValue(values, row) : null;
}

function presentValue(data: ColumnValues, row: number): StoredValue {
  if (data.kind === 'raw_id') return uuid(data.prefix, data.first + row);
  if (data.kind === 'decimal') return decimalAt(data.values, row);
  if (data.kind === 'text') return at(data.dictionary, at(data.codes, row));
  if (data.kind === 'boolean') return at(data.values, row) === 1;
  return at<number | bigint>(data.values, row);
}

function decimalAt(halves: BigInt64Array, row: number): bigint {
  return (at(halves, 2 * row + 1) << 64n) | BigInt.asUintN(64, at(halves, 2 * row));
}

function uuid(prefix: bigint, number: number): string {
  const bits = (prefix << 64n) | (1n << 63n) | BigInt(number);
  const hex = bits.toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function at<Value>(values: ArrayLike<Value>, row: number): Value {
  const value = values[row];
  if (value === undefined) throw new RangeError(`Nothing stands at ${row}.`);
  return value;
}
