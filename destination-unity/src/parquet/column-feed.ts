import * as duckdb from '@duckdb/node-bindings';

import type {ColumnData} from '../rows/column-batch';
import {fixedFeed} from './fixed-feed';
import {rawIdFeed} from './raw-id-feed';
import {textFeed} from './text-feed';
import {isValid} from './validity';
import {
  rowAt,
  VECTOR_ROWS,
  type ColumnFeed,
  type EmptyColumn,
  type RowSpan,
} from './vector-feed';

/** @param narrow Whether row groups need bounds of their own for this column. */
export function columnFeed(
  {column, valid, values}: ColumnData,
  narrow: boolean,
): ColumnFeed | EmptyColumn {
  if (values.kind === 'raw_id') return rawIdFeed(values);
  const feed =
    values.kind === 'text'
      ? textFeed(values, {valid, narrow})
      : fixedFeed(values, column.type);
  return valid === undefined || feed.type === undefined ? feed : withNulls(feed, valid);
}

function withNulls(feed: ColumnFeed, valid: Uint8Array<ArrayBuffer>): ColumnFeed {
  const gathered = new Uint8Array(VECTOR_ROWS / 8);
  return {
    ...feed,
    fill(vector, span) {
      feed.fill(vector, span);
      duckdb.vector_ensure_validity_writable(vector);
      const bytes = ((span.count + 63) >> 6) << 3;
      if (span.order === undefined) {
        const offset = valid.byteOffset + (span.from >> 3);
        duckdb.copy_data_to_vector_validity(vector, 0, valid.buffer, offset, bytes);
      } else {
        gatherBits(gathered, valid, span);
        duckdb.copy_data_to_vector_validity(vector, 0, gathered.buffer, 0, bytes);
      }
    },
  };
}

function gatherBits(target: Uint8Array, valid: Uint8Array, span: RowSpan): void {
  target.fill(0);
  for (let i = 0; i < span.count; i++) {
    const bit = isValid(valid, rowAt(span, i)) ? 1 << (i & 7) : 0;
    target[i >> 3] = (target[i >> 3] ?? 0) | bit;
  }
}
