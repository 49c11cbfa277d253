import type {Present} from '../columns/column-builder';

/** Where values of a member go, a run of rows at a time. */
export interface FieldColumn {
  /** Rows for which there is room. */
  readonly capacity: number;
  reserve(rows: number): void;
  /** Says that the rows from `from` to before `to` have values, stored already. */
  markRun(from: number, to: number): void;
}

/** A member of a record whose values are read from bytes. */
export interface Field {
  readonly column: FieldColumn;
  /** Values stand in quotes. */
  readonly isQuoted: boolean;
  /** Values differ so often that nothing is gained by expecting the last one again. */
  readonly isAlwaysRead: boolean;

  /**
   * Where the value that begins at `at` ends: a value that can be read here and that its
   * column takes as it is. -1 for any other. Of a text, both are without its quotes.
   */
  end(at: number): number;

  /** Makes sure that `read` takes the value, which `valueOf` has found good. */
  prepare?(from: number, to: number): void;

  /**
   * Reads the value that begins at `at` into a row for which there is room. Returns where
   * it ends, or -1, also for a good value that has to be prepared and was not.
   */
  read(at: number, row: number): number;

  /** Takes back what a read has left in a row that came to nothing. */
  undo(row: number): void;

  /** Puts one value into rows from `from` to before `to`. */
  fill(value: FieldValue, from: number, to: number): void;

  /** The value `[from, to)`, which `end` has found good; undefined if it is not after all. */
  valueOf(from: number, to: number): FieldValue | undefined;
}

/** What all rows of a run have in one column. */
export type FieldValue = Present;
