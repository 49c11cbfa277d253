import * as duckdb from '@duckdb/node-bindings';

import type {ColumnValues} from '../rows/column-batch';
import {rowAt, VECTOR_ROWS, type ColumnFeed} from './vector-feed';

/**
 * UUIDs of version 8: 64 bits of prefix, then the row's number. Neighbours share nearly
 * all their text, which random ones would not: those would be most of a narrow file.
 */
export function rawIdFeed({
  prefix,
  first,
}: Extract<ColumnValues, {kind: 'raw_id'}>): ColumnFeed {
  const target = new Uint32Array(VECTOR_ROWS * 4);
  const high = BigInt.asUintN(64, (prefix & ~0xf000n) | 0x8000n);
  // The engine keeps a UUID with its first bit flipped, so that it sorts as a number.
  const upper = Number(high >> 32n) ^ 0x80000000;
  const lower = Number(high & 0xffffffffn);
  return {
    type: duckdb.create_logical_type(duckdb.Type.UUID),
    expression: '$::VARCHAR',
    fill(vector, span) {
      for (let i = 0; i < span.count; i++) {
        const number = first + rowAt(span, i);
        target[i * 4] = number;
        target[i * 4 + 1] = 0x80000000 | (number / 0x100000000);
        target[i * 4 + 2] = lower;
        target[i * 4 + 3] = upper;
      }
      duckdb.copy_data_to_vector(vector, 0, target.buffer, 0, span.count * 16);
    },
  };
}
