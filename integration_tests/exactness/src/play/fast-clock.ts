import type {Chance} from '../chance';

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/**
 * A clock whose waits take no time: whoever is to be woken first is woken as soon as
 * nothing else is to be done, and the clock has then moved on to that instant.
 */
export class FastClock {
  private skippedMs = 0;
  private sleepers: Sleeper[] = [];
  private isTurning = false;

  constructor(
    private readonly chance: Chance,
    private readonly realMs: () => number,
  ) {}

  nowMs(): number {
    return this.realMs() + this.skippedMs;
  }

  random(): number {
    return this.chance.share();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((wake) => {
      this.sleepers.push({dueMs: this.nowMs() + ms, wake});
      this.turn();
    });
    signal?.throwIfAborted();
  }

  private turn(): void {
    if (this.isTurning || this.sleepers.length === 0) return;
    this.isTurning = true;
    setImmediate(() => {
      this.isTurning = false;
      this.sleepers.sort((a, b) => a.dueMs - b.dueMs);
      const first = this.sleepers.shift();
      if (first === undefined) return;
      this.skippedMs += Math.max(0, first.dueMs - this.nowMs());
      first.wake();
      this.turn();
    });
  }
}
