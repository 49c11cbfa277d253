import type * as duckdb from '@duckdb/node-bindings';

/** Rows of one vector of the engine. */
export const VECTOR_ROWS = 2048;

/** Rows `[from, from + count)` of a file; row i is row `order[i]` of the batch. */
export interface RowSpan {
  readonly from: number;
  readonly count: number;
  readonly order: Uint32Array | undefined;
}

/** Fills one column of the engine's table function, a vector at a time. */
export interface ColumnFeed {
  readonly type: duckdb.LogicalType;
  /** How the fed column becomes the file's column; `$` stands for its name. */
  readonly expression: string;
  fill(vector: duckdb.Vector, span: RowSpan): void;
}

/** A column the engine makes itself, as no row of it has a value. */
export interface EmptyColumn {
  readonly type: undefined;
  readonly expression: string;
}

/** The batch's row that stands at a place of a span. */
export function rowAt({from, order}: RowSpan, place: number): number {
  return order === undefined ? from + place : (order[from + place] ?? 0);
}
