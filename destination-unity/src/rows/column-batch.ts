import type {Column} from '../table/table-definition';

/**
 * One bit per row, least significant first, set where the row has a value; its length
 * is a multiple of 8 bytes. Undefined: every row has one.
 */
export type Validity = Uint8Array<ArrayBuffer> | undefined;

/** The values of one column. Its buffers hold at least `rows` entries each. */
export type ColumnValues =
  /**
   * `string` and `json`: row i holds `dictionary[codes[i]]`. The entries are distinct and
   * well-formed (no lone surrogate), in order of first use; a code of a row without a
   * value is 0, also where the dictionary is empty.
   */
  | {
      readonly kind: 'text';
      readonly codes: Uint32Array<ArrayBuffer>;
      readonly dictionary: readonly string[];
    }
  /** `double`. NaN and infinities are values. */
  | {readonly kind: 'double'; readonly values: Float64Array<ArrayBuffer>}
  /** `bigint`. */
  | {readonly kind: 'bigint'; readonly values: BigInt64Array<ArrayBuffer>}
  /**
   * `decimal`: the unscaled number, scale 9, precision 38, two entries a row: the low 64
   * bits, then the high ones.
   */
  | {readonly kind: 'decimal'; readonly values: BigInt64Array<ArrayBuffer>}
  /** `boolean`: 0 or 1 a row. */
  | {readonly kind: 'boolean'; readonly values: Uint8Array<ArrayBuffer>}
  /** `date`: days since 1970-01-01. */
  | {readonly kind: 'date'; readonly values: Int32Array<ArrayBuffer>}
  /** `timestamp` and `timestamp_ntz`: microseconds since 1970-01-01T00:00:00 (UTC). */
  | {readonly kind: 'timestamp'; readonly values: BigInt64Array<ArrayBuffer>}
  /**
   * `_airbyte_raw_id`: UUIDs of version 8, no buffer at all. The upper 64 bits are
   * `prefix` (the version is already in it), the lower ones binary 10 and then
   * `first + i` in 62 bits.
   */
  | {readonly kind: 'raw_id'; readonly prefix: bigint; readonly first: number};

export interface ColumnData {
  readonly column: Column;
  readonly valid: Validity;
  readonly values: ColumnValues;
}

/**
 * Rows of one table as columns, ready to be encoded. Whoever takes a batch owns its
 * buffers (they may be transferred to another thread); the maker never touches them
 * again.
 */
export interface ColumnBatch {
  readonly rows: number;
  /** In the order of the table's definition at the time the batch was begun. */
  readonly columns: readonly ColumnData[];
}
