import type * as duckdb from '@duckdb/node-bindings';

import type {RowRuns} from './row-runs';

/** Fills one column of the engine's table function, a vector at a time. */
export interface ColumnFeed {
  readonly type: duckdb.LogicalType;
  /** How the fed column becomes the file's column; `$` stands for its name. */
  readonly expression: string;
  /** @param rows How many rows the runs have together. */
  fill(vector: duckdb.Vector, runs: RowRuns, rows: number): void;
}

/** A column the engine makes itself, as no row of it has a value. */
export interface EmptyColumn {
  readonly type: undefined;
  readonly expression: string;
}
