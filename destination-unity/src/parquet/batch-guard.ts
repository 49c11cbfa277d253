import type {ColumnBatch, ColumnData, ColumnValues} from '../rows/column-batch';
import {EngineFault} from './engine-fault';
import {isValid} from './validity';

/**
 * Refuses a batch whose buffers are shorter than its rows or whose codes lie outside
 * their dictionary. The engine copies whole vectors without looking: it would read
 * beyond a short buffer, and write a damaged file from a wrong code, without an error.
 */
export function guardBatch({rows, columns}: ColumnBatch): void {
  for (const data of columns) {
    const wrong = faultOf(data, rows);
    if (wrong !== undefined) {
      throw new EngineFault(
        `A batch of ${rows} rows is damaged in column ${data.column.name}: ${wrong}.`,
      );
    }
  }
}

function faultOf({valid, values}: ColumnData, rows: number): string | undefined {
  if (valid !== undefined && valid.length < Math.ceil(rows / 64) * 8) {
    return 'its validity is shorter than its rows';
  }
  if (entries(values) < rows) return 'a buffer is shorter than its rows';
  if (values.kind === 'text' && hasStrayCode(values, {valid, rows})) {
    return 'a code lies outside its dictionary';
  }
  if (values.kind === 'boolean' && hasStrayBoolean(values.values, rows)) {
    return 'a boolean is neither 0 nor 1';
  }
  return undefined;
}

function entries(values: ColumnValues): number {
  if (values.kind === 'raw_id') return Infinity;
  if (values.kind === 'text') return values.codes.length;
  return values.values.length / (values.kind === 'decimal' ? 2 : 1);
}

function hasStrayCode(
  {codes, dictionary}: Extract<ColumnValues, {kind: 'text'}>,
  {valid, rows}: {valid: ColumnData['valid']; rows: number},
): boolean {
  const size = dictionary.length;
  for (let row = 0; row < rows; row++) {
    if ((codes[row] ?? size) >= size && isValid(valid, row)) return true;
  }
  return false;
}

function hasStrayBoolean(values: Uint8Array, rows: number): boolean {
  for (let row = 0; row < rows; row++) if ((values[row] ?? 2) > 1) return true;
  return false;
}
