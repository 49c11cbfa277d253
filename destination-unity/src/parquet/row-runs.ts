/** Rows of one vector of the engine. */
export const VECTOR_ROWS = 2048;

/**
 * Which rows of a batch stand in one vector, as runs of rows that follow each other in the
 * batch: their values are copied one behind the other, without looking each row up.
 */
export class RowRuns {
  /** How many runs there are. */
  count = 0;
  /** By run: its first row, and the row behind its last one. */
  readonly starts = new Uint32Array(VECTOR_ROWS);
  readonly ends = new Uint32Array(VECTOR_ROWS);

  /** Becomes the rows that stand at `[from, to)` of an order, or in the batch itself. */
  show(order: Uint32Array | undefined, from: number, to: number): void {
    this.count = 0;
    if (order === undefined) {
      this.#add(from, to);
      return;
    }
    let start = from;
    for (let place = from + 1; place <= to; place++) {
      const first = order[start] ?? 0;
      const length = place - start;
      if (place < to && order[place] === first + length) continue;
      this.#add(first, first + length);
      start = place;
    }
  }

  #add(start: number, end: number): void {
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count++;
  }
}
