import type {Clock} from './clock';

/** A clock that stands still until everybody waits, and then jumps to who waits least. */
export class VirtualClock implements Clock {
  #nowMs = 0;
  #seed = 1;
  readonly #sleepers: {readonly atMs: number; readonly wake: () => void}[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  sleep(ms: number): Promise<void> {
    const atMs = this.#nowMs + Math.max(0, ms);
    return new Promise((wake) => {
      const after = this.#sleepers.findIndex((other) => other.atMs > atMs);
      const place = after < 0 ? this.#sleepers.length : after;
      this.#sleepers.splice(place, 0, {atMs, wake});
    });
  }

  random(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed / 2_147_483_647;
  }

  /** Lets time pass until nobody waits any more. */
  async run(): Promise<void> {
    await settled();
    for (let next = this.#sleepers.shift(); next; next = this.#sleepers.shift()) {
      this.#nowMs = next.atMs;
      next.wake();
      await settled();
    }
  }
}

/** All that can go on without time passing has gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
