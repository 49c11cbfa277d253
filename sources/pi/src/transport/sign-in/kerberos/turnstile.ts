/** Lets so many in at once and the others wait, first come, first served. */
export class Turnstile {
  readonly #waiting: (() => void)[] = [];
  #inside = 0;
  /** How many may be inside; a smaller number sends nobody out. */
  lanes = 1;

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.lanes) {
      await new Promise<void>((enter) => this.#waiting.push(enter));
    } else {
      this.#inside++;
    }
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  /** A place goes straight to whoever waits, so that nobody slips in between. */
  #leave(): void {
    this.#inside--;
    while (this.#inside < this.lanes) {
      const enter = this.#waiting.shift();
      if (enter === undefined) return;
      this.#inside++;
      enter();
    }
  }
}
