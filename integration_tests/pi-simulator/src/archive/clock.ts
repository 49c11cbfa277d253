import {formatFull, ticksFromMs, type Ticks} from '../time/ticks';

/** The plant's clock: what lies after `now` has not happened yet. */
export interface Clock {
  now(): Ticks;
  /**
   * Moves a standing clock on. Returns why not when it runs by itself or would go back.
   */
  advance(to: Ticks): string | undefined;
}

/** A clock that stands at `start` until it is moved. */
export function standingClock(start: Ticks): Clock {
  let now = start;
  return {
    now: () => now,
    advance: (to) => {
      if (to < now) return `The clock stands at ${formatFull(now)} and cannot go back.`;
      now = to;
      return undefined;
    },
  };
}

/** The clock of the machine. */
export function liveClock(epochMs: () => number): Clock {
  return {
    now: () => ticksFromMs(epochMs()),
    advance: () => 'A live clock cannot be moved.',
  };
}
