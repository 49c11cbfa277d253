/** Indexes of nearly the same size are to fit into each other's memory. */
const STEP_SLOTS = 32 * 1024;
/** As many as there are answers in use at once, in most syncs. */
const MOST_SPARE = 8;

/**
 * Memory of indexes that is used again. Left to the collector it has grown old with its
 * answer, and V8 looks through all its objects for each few megabytes of such.
 */
export class SlotMemory {
  readonly #spare: Int32Array[] = [];

  /** At least so many slots, of any content. */
  take(slots: number): Int32Array {
    const spare = this.#spare.pop();
    if (spare !== undefined && spare.length >= slots) return spare;
    return new Int32Array(Math.ceil(slots / STEP_SLOTS) * STEP_SLOTS);
  }

  /** Takes back what nobody looks at any more. */
  give(slots: Int32Array): void {
    if (this.#spare.length < MOST_SPARE) this.#spare.push(slots);
  }
}
