import * as duckdb from '@duckdb/node-bindings';

import type {ColumnValues} from '../rows/column-batch';
import {VECTOR_ROWS} from './row-runs';
import type {ColumnFeed} from './vector-feed';

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
  for (let at = 0; at < target.length; at += 4) {
    target[at + 2] = lower;
    target[at + 3] = upper;
  }
  return {
    type: duckdb.create_logical_type(duckdb.Type.UUID),
    expression: '$::VARCHAR',
    fill(vector, {count, starts, ends}, rows) {
      let at = 0;
      for (let run = 0; run < count; run++) {
        const end = first + (ends[run] ?? 0);
        for (let number = first + (starts[run] ?? 0); number < end; number++) {
          target[at] = number;
          target[at + 1] = 0x80000000 | (number / 0x100000000);
          at += 4;
        }
      }
      duckdb.copy_data_to_vector(vector, 0, target.buffer, 0, rows * 16);
    },
  };
}
