/** What was asked for and what came of it, so that like is compared with like. */
export interface Work {
  /** Which operation: of few, whatever is read. */
  readonly kind: string;
  /** Of request and answer together. */
  readonly bytes: number;
}

/** Answers of one kind and of about one size: between a power of two and the next. */
interface Cell {
  /** Since the load was lowered. */
  answers: number;
  /** Smoothed. */
  typicalMs: number;
  /** The least that `typicalMs` has been. */
  bestMs: number;
}

const SMOOTHING = 1 / 8;
/** Fewer answers tell nothing. */
const ENOUGH = 8;
/** Differences of this order are the machine's, not the server's. */
const GRACE_MS = 20;

/**
 * Compares how long answers take with the best times for as much work. Larger answers
 * take longer without being slow: at least as long as smaller ones of their kind, and at
 * most longer in proportion. Holds a few numbers for each kind and power of two.
 */
export class LatencyWatch {
  readonly #kinds = new Map<string, Map<number, Cell>>();

  /**
   * Notes an answer. How many times as long it took as answers of such work took at
   * best; undefined where too little is known.
   */
  compare({kind, bytes}: Work, tookMs: number): number | undefined {
    const cells = this.#kinds.get(kind) ?? new Map<number, Cell>();
    this.#kinds.set(kind, cells);
    const octave = Math.floor(Math.log2(Math.max(1, bytes)));
    const bestMs = expectedMs(cells, octave);
    note(cells, octave, tookMs);
    if (bestMs === Infinity) return undefined;
    return (tookMs + GRACE_MS) / (bestMs + GRACE_MS);
  }

  /** Another load begins: what was usual under the last one is left behind. */
  turn(): void {
    for (const cells of this.#kinds.values()) {
      for (const cell of cells.values()) cell.answers = 0;
    }
  }

  /** The server is another than before: its best times are learned anew. */
  forget(): void {
    this.#kinds.clear();
  }
}

function note(cells: Map<number, Cell>, octave: number, tookMs: number): void {
  const cell = cells.get(octave) ?? {answers: 0, typicalMs: 0, bestMs: Infinity};
  cells.set(octave, cell);
  cell.answers++;
  cell.typicalMs += (tookMs - cell.typicalMs) * Math.max(SMOOTHING, 1 / cell.answers);
  if (cell.answers >= ENOUGH) cell.bestMs = Math.min(cell.bestMs, cell.typicalMs);
}

function expectedMs(cells: ReadonlyMap<number, Cell>, octave: number): number {
  let expected = Infinity;
  for (const [other, {bestMs}] of cells) {
    const factor = other < octave ? 2 ** (octave - other) : 1;
    expected = Math.min(expected, bestMs * factor);
  }
  return expected;
}
