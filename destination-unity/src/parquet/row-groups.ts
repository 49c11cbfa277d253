import type {ColumnBatch, ColumnValues} from '../rows/column-batch';
import type {RowShape} from './encoder-protocol';

/**
 * Rows of a row group where memory allows, whole vectors of the engine: enough to compress
 * well, few enough to skip. Three times as many made files 1 % smaller, and took more
 * memory and time than that saves.
 */
const ROW_GROUP_ROWS = 40_960;

/** Below one vector the engine has nothing left to divide. */
const LEAST_ROWS = 2048;

/** The engine holds a row group several times over while it writes it. */
const SHARE_OF_MEMORY = 6;

const SAMPLED_ROWS = 4096;

/** How many rows make a row group that fits into the engine's memory. */
export function rowGroupRows(
  {rowBytes, maxGroupRows = ROW_GROUP_ROWS}: RowShape,
  memoryLimitBytes: number,
): number {
  const fitting = Math.floor(
    memoryLimitBytes / SHARE_OF_MEMORY / Math.max(1, rowBytes),
  );
  return Math.max(LEAST_ROWS, Math.min(ROW_GROUP_ROWS, maxGroupRows, fitting));
}

/** The next size to try where memory did not suffice; undefined where none is left. */
export function smallerRowGroup(rows: number): number | undefined {
  return rows > LEAST_ROWS ? Math.max(LEAST_ROWS, Math.floor(rows / 4)) : undefined;
}

/** The shape of a batch's rows. */
export function batchShape({rows, columns}: ColumnBatch): RowShape {
  const widths = columns.map(({values}) => valueBytes(values, rows));
  return {
    rowBytes: widths.reduce((sum, width) => sum + width, 0),
    hasNegativeZeros: columns.some(({values}) => holdsNegativeZero(values, rows)),
  };
}

/** Of rows without a value the buffer holds 0.0. */
function holdsNegativeZero(column: ColumnValues, rows: number): boolean {
  if (column.kind !== 'double') return false;
  const {values} = column;
  for (let row = 0; row < rows; row++) if (Object.is(values[row], -0)) return true;
  return false;
}

function valueBytes(values: ColumnValues, rows: number): number {
  if (values.kind === 'raw_id') return 36;
  if (values.kind !== 'text') return values.values.BYTES_PER_ELEMENT;
  const step = Math.max(1, Math.floor(rows / SAMPLED_ROWS));
  let sampled = 0;
  let characters = 0;
  for (let row = 0; row < rows; row += step) {
    characters += values.dictionary[values.codes[row] ?? 0]?.length ?? 0;
    sampled++;
  }
  return 16 + characters / Math.max(1, sampled);
}
