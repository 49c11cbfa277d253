/**
 * Lets one in at a time and the others wait, first come, first served. Whoever stays
 * inside for too long is overtaken, by one at a time.
 */
export class Turnstile {
  readonly #waiting: (() => void)[] = [];
  #inside = 0;
  /** The one that holds up the others, until it is overtaken or leaves. */
  #first: object | undefined;
  #overtaken: object | undefined;
  /** How long somebody waits before overtaking. */
  patienceMs = Infinity;

  async pass<T>(work: () => Promise<T>): Promise<T> {
    const visit = {};
    if (this.#inside >= this.#lanes) await this.#turn();
    else this.#inside++;
    this.#first ??= visit;
    try {
      return await work();
    } finally {
      this.#leave(visit);
    }
  }

  get #lanes(): number {
    return this.#overtaken === undefined ? 1 : 2;
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => {
      const {patienceMs} = this;
      const timer = Number.isFinite(patienceMs)
        ? setTimeout(() => this.#overtake(), patienceMs)
        : undefined;
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #overtake(): void {
    if (this.#overtaken === undefined) {
      this.#overtaken = this.#first;
      this.#first = undefined;
    }
    this.#admit();
  }

  #leave(visit: object): void {
    this.#inside--;
    if (this.#first === visit) this.#first = undefined;
    if (this.#overtaken === visit) this.#overtaken = undefined;
    this.#admit();
  }

  /** A place goes straight to whoever waits, so that nobody slips in between. */
  #admit(): void {
    if (this.#inside >= this.#lanes) return;
    const enter = this.#waiting.shift();
    if (enter === undefined) return;
    this.#inside++;
    enter();
  }
}
