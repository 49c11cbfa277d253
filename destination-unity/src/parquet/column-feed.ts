import * as duckdb from '@duckdb/node-bindings';

import type {ColumnData} from '../rows/column-batch';
import {fixedFeed} from './fixed-feed';
import {rawIdFeed} from './raw-id-feed';
import {textFeed} from './text-feed';
import {VECTOR_ROWS, type RowRuns} from './row-runs';
import type {ColumnFeed, EmptyColumn} from './vector-feed';

/** @param narrow Whether row groups need bounds of their own for this column. */
export function columnFeed(
  {column, valid, values}: ColumnData,
  narrow: boolean,
): ColumnFeed | EmptyColumn {
  if (values.kind === 'raw_id') return rawIdFeed(values);
  const feed =
    values.kind === 'text' ? textFeed(values, narrow) : fixedFeed(values, column.type);
  return valid === undefined || feed.type === undefined ? feed : withNulls(feed, valid);
}

function withNulls(feed: ColumnFeed, valid: Uint8Array<ArrayBuffer>): ColumnFeed {
  const bits = new Uint8Array(VECTOR_ROWS / 8);
  return {
    ...feed,
    fill(vector, runs, rows) {
      feed.fill(vector, runs, rows);
      gatherBits(bits, valid, runs);
      duckdb.vector_ensure_validity_writable(vector);
      const bytes = ((rows + 63) >> 6) << 3;
      duckdb.copy_data_to_vector_validity(vector, 0, bits.buffer, 0, bytes);
    },
  };
}

function gatherBits(
  target: Uint8Array,
  valid: Uint8Array,
  {count, starts, ends}: RowRuns,
): void {
  let place = 0;
  let byte = 0;
  for (let run = 0; run < count; run++) {
    const end = ends[run] ?? 0;
    for (let row = starts[run] ?? 0; row < end; row++) {
      byte |= (((valid[row >> 3] ?? 0) >> (row & 7)) & 1) << (place & 7);
      if ((place & 7) === 7) {
        target[place >> 3] = byte;
        byte = 0;
      }
      place++;
    }
  }
  target[place >> 3] = byte;
}
