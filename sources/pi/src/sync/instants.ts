import {fromEpochMs, type PiTimestamp, toEpochMs} from './pi-timestamp';

const SECOND_MS = 1000;

/** The instant 100 ns before: turns an exclusive end into PI's inclusive one. */
export function previousTick(instant: PiTimestamp): PiTimestamp {
  const ticks = Number(instant.slice(20, 27));
  if (ticks > 0) {
    return `${instant.slice(0, 20)}${String(ticks - 1).padStart(7, '0')}Z` as PiTimestamp;
  }
  const second = fromEpochMs(toEpochMs(instant) - SECOND_MS);
  return `${second.slice(0, 20)}9999999Z` as PiTimestamp;
}

/** Moves an instant by whole milliseconds; its digits below stay. */
export function plusMs(instant: PiTimestamp, ms: number): PiTimestamp {
  const moved = fromEpochMs(toEpochMs(instant) + Math.trunc(ms));
  return `${moved.slice(0, 23)}${instant.slice(23)}` as PiTimestamp;
}

/** The whole second at or before an instant. */
export function wholeSecond(instant: PiTimestamp): PiTimestamp {
  return `${instant.slice(0, 20)}0000000Z` as PiTimestamp;
}

/** Milliseconds from one instant to a later one, rounded; negative when it is earlier. */
export function msBetween(from: PiTimestamp, to: PiTimestamp): number {
  return toEpochMs(to) - toEpochMs(from);
}

export function earliest(a: PiTimestamp, b: PiTimestamp): PiTimestamp {
  return a < b ? a : b;
}

export function latest(a: PiTimestamp, b: PiTimestamp): PiTimestamp {
  return a < b ? b : a;
}
