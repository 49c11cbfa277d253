import type {Log} from 'airbyte-cdk-ts';

import type {Wait} from './outcome-rules';

const LINE_EVERY_MS = 30_000;

const WORDS: Readonly<Record<Wait, string>> = {
  starting: 'The warehouse is starting',
  busy: 'The warehouse is busy and asks for patience',
  conflict: 'Another writer is changing the same table',
  loading: 'An earlier load of the same files is still under way',
  session: 'The session at the warehouse has ended; another is opened',
  network: 'The warehouse cannot be reached or its reply was lost',
  storage: 'Cloud storage does not take the file',
  unclear: 'The warehouse could not carry a statement out',
};

export interface WaitsOptions {
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
}

/** Tells the log what is waited for: when it begins, then about every half minute. */
export class Waits {
  readonly #lastLineMs = new Map<Wait, number>();

  constructor(private readonly options: WaitsOptions) {}

  /** Many may wait for one thing at once: they share the lines. */
  waiting(wait: Wait, sinceMs: number): void {
    const nowMs = this.options.nowMs();
    const last = this.#lastLineMs.get(wait);
    if (last !== undefined && nowMs - last < LINE_EVERY_MS) return;
    this.#lastLineMs.set(wait, nowMs);
    const seconds = Math.round((nowMs - sinceMs) / 1000);
    const since = seconds === 0 ? 'waiting' : `waiting since ${seconds} s`;
    this.options.log.info(`${WORDS[wait]}, ${since}.`);
  }
}
