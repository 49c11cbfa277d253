import {setTimeout as sleep} from 'node:timers/promises';

/** Waits are so many times shorter than their callers believe. */
const HASTE = 50;

/** A clock that runs on by itself, and ahead of that by whatever was waited for. */
export class FastTime {
  #aheadMs = 0;

  /** Epoch milliseconds. */
  nowMs(): number {
    return Date.now() + this.#aheadMs;
  }

  /** Lets time pass without waiting for it. */
  skip(ms: number): void {
    this.#aheadMs += ms;
  }

  /** Others go on for a while: what is waited for needs some time to come about. */
  async sleep(ms: number): Promise<void> {
    const realMs = ms / HASTE;
    this.skip(ms - realMs);
    await sleep(realMs);
  }
}
