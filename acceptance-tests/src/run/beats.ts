const RECORD = Buffer.from('"type":"RECORD"');
const STATE = Buffer.from('"type":"STATE"');

/**
 * The longest times without a sign of life. Looks at pieces of output as they arrive, not
 * at messages: a type torn between two pieces is missed, and the next one counts.
 */
export class Beats {
  #record: Pause;
  #state: Pause;

  constructor(startedMs: number) {
    this.#record = {sinceMs: startedMs, longestMs: 0};
    this.#state = this.#record;
  }

  heard(chunk: Buffer, atMs: number): void {
    const hasState = chunk.includes(STATE);
    if (hasState) this.#state = ended(this.#state, atMs);
    if (hasState || chunk.includes(RECORD)) this.#record = ended(this.#record, atMs);
  }

  /** What was longest, the time until the end included. */
  silence(endedMs: number): {
    longestSilenceSeconds: number;
    longestWithoutStateSeconds: number;
  } {
    return {
      longestSilenceSeconds: ended(this.#record, endedMs).longestMs / 1000,
      longestWithoutStateSeconds: ended(this.#state, endedMs).longestMs / 1000,
    };
  }
}

interface Pause {
  readonly sinceMs: number;
  readonly longestMs: number;
}

function ended({sinceMs, longestMs}: Pause, atMs: number): Pause {
  return {sinceMs: atMs, longestMs: Math.max(longestMs, atMs - sinceMs)};
}
