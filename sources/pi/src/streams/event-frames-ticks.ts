import {fromEpochMs, type PiTimestamp} from '../sync/pi-timestamp';

const TICKS_PER_SECOND = 10_000_000n;
const FIRST_SECOND = BigInt(Date.parse('0001-01-01T00:00:00Z') / 1000);
const LAST_SECOND = BigInt(Date.parse('9999-12-31T23:59:59Z') / 1000);

/** PI's steps of 100 ns since 1970. */
export function ticksOf(instant: PiTimestamp): bigint {
  const seconds = BigInt(Date.parse(`${instant.slice(0, 19)}Z`) / 1000);
  return seconds * TICKS_PER_SECOND + BigInt(instant.slice(20, 27));
}

/** The inverse of `ticksOf`; undefined beyond the years 1 to 9999. */
export function instantOfTicks(ticks: bigint): PiTimestamp | undefined {
  const fraction = ((ticks % TICKS_PER_SECOND) + TICKS_PER_SECOND) % TICKS_PER_SECOND;
  const second = (ticks - fraction) / TICKS_PER_SECOND;
  if (second < FIRST_SECOND || second > LAST_SECOND) return undefined;
  const whole = fromEpochMs(Number(second) * 1000).slice(0, 20);
  return `${whole}${String(fraction).padStart(7, '0')}Z` as PiTimestamp;
}
