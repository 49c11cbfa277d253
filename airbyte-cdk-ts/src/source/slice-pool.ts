/** What a stream's slices are read with. */
export interface SlicePoolOptions<Slice, Outcome> {
  readonly slices: AsyncIterable<Slice>;
  readonly read: (slice: Slice) => Promise<Outcome>;
  /** How many are read at once. */
  readonly limit: number;
  /** No slice is begun after it is aborted; those under way are waited for. */
  readonly signal: AbortSignal;
}

type Ended<Outcome> = {readonly outcome: Outcome} | {readonly failure: unknown};

/**
 * Reads slices, several at once, and yields their outcomes in the order in which they
 * end. A slice is asked for only when there is a place for it. After the first failure
 * none is begun any more; those under way are waited for, for what they did is true, and
 * then the failure is thrown.
 */
export async function* readSlices<Slice, Outcome>(
  options: SlicePoolOptions<Slice, Outcome>,
): AsyncGenerator<Outcome> {
  const pool = new SlicePool(options);
  try {
    for (;;) {
      const ended = await pool.next();
      if (ended === undefined) break;
      if ('outcome' in ended) yield ended.outcome;
    }
  } finally {
    await pool.close();
  }
  pool.throwFirstFailure();
}

class SlicePool<Slice, Outcome> {
  readonly #iterator: AsyncIterator<Slice>;
  readonly #ended: Ended<Outcome>[] = [];
  #reading = 0;
  #isPlanning = false;
  #isExhausted = false;
  #failure: {readonly cause: unknown} | undefined;
  #wake: (() => void) | undefined;

  constructor(private readonly options: SlicePoolOptions<Slice, Outcome>) {
    this.#iterator = options.slices[Symbol.asyncIterator]();
  }

  /** The next slice that ended; undefined when none is left. */
  async next(): Promise<Ended<Outcome> | undefined> {
    for (;;) {
      const ended = this.#ended.shift();
      if (ended !== undefined) return ended;
      this.#fill();
      if (this.#isIdle) return undefined;
      await this.#change();
    }
  }

  /** Begins nothing more, waits for what is under way, and lets the planner go. */
  async close(): Promise<void> {
    const isPlannerOpen = !this.#isExhausted;
    this.#isExhausted = true;
    while (!this.#isIdle) await this.#change();
    if (isPlannerOpen) await this.#iterator.return?.();
  }

  get #isIdle(): boolean {
    return this.#reading === 0 && !this.#isPlanning;
  }

  #change(): Promise<void> {
    return new Promise((wake) => (this.#wake = wake));
  }

  throwFirstFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.cause;
  }

  #fill(): void {
    const hasPlace = this.#reading < this.options.limit;
    if (this.#mayBegin && hasPlace && !this.#isPlanning) void this.#plan();
  }

  get #mayBegin(): boolean {
    return !this.#isExhausted && !this.#failure && !this.options.signal.aborted;
  }

  async #plan(): Promise<void> {
    this.#isPlanning = true;
    try {
      const planned = await this.#iterator.next();
      if (planned.done === true) this.#isExhausted = true;
      else if (this.#mayBegin) void this.#read(planned.value);
    } catch (cause) {
      this.#isExhausted = true;
      this.#failure ??= {cause};
    } finally {
      this.#isPlanning = false;
      this.#notify();
    }
  }

  async #read(slice: Slice): Promise<void> {
    this.#reading += 1;
    try {
      this.#ended.push({outcome: await this.options.read(slice)});
    } catch (failure) {
      this.#failure ??= {cause: failure};
      this.#ended.push({failure});
    } finally {
      this.#reading -= 1;
      this.#notify();
    }
  }

  #notify(): void {
    this.#fill();
    this.#wake?.();
    this.#wake = undefined;
  }
}
