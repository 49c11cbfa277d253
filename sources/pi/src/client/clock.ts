import {setTimeout as pause} from 'node:timers/promises';

/** Time and chance, handed in so that tests own them. */
export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** In `[0, 1)`. */
  random(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: async (ms, signal) => {
    await pause(ms, undefined, signal === undefined ? {} : {signal});
  },
  random: () => Math.random(),
};
