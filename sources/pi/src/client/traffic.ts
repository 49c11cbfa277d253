/**
 * What a process has asked of PI so far. Waits are counted as the clock on the wall has
 * them: many requests that wait side by side have waited once.
 */
export class Traffic {
  requests = 0;
  /** Of bodies, after they were unpacked. */
  receivedBytes = 0;
  /** Because PI asked for it: 429, or `Retry-After`. */
  readonly serverWait = new WaitClock();
  /** Because the rate that the user allows was used up. */
  readonly ownWait = new WaitClock();
}

/** Adds up waits that may overlap. */
export class WaitClock {
  waitedMs = 0;
  #untilMs = Number.NEGATIVE_INFINITY;

  /** A wait from now on; both in epoch milliseconds. */
  add(nowMs: number, untilMs: number): void {
    const from = Math.max(nowMs, this.#untilMs);
    if (untilMs <= from) return;
    this.waitedMs += untilMs - from;
    this.#untilMs = untilMs;
  }
}

/** How long PI took for each point, as far as that can be told. */
export class PointTimes {
  readonly #ms = new Map<string, number>();

  /** The time of a request belongs to its points in equal parts. */
  add(webIds: readonly string[], elapsedMs: number): void {
    const share = elapsedMs / Math.max(1, webIds.length);
    for (const webId of webIds) this.#ms.set(webId, (this.#ms.get(webId) ?? 0) + share);
  }

  /** WebIDs of those that took longest, the slowest first. */
  slowest(count: number): readonly (readonly [webId: string, ms: number])[] {
    let slowest: [string, number][] = [];
    for (const entry of this.#ms) {
      if (slowest.length >= count && entry[1] <= (slowest.at(-1)?.[1] ?? 0)) continue;
      slowest = [...slowest, entry].sort(([, a], [, b]) => b - a).slice(0, count);
    }
    return slowest;
  }
}
