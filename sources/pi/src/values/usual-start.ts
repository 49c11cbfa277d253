import {LONGEST} from './event-index';
import {NOWHERE} from './json-skip';
import {timestampLength} from './timestamp-scan';

/*
 * The start of an event as PI writes it, looked at in words of eight and four bytes.
 *
 *   {"Timestamp":"2026-03-02T06:00:00.1234567Z","Value":
 *   |       |       |       |   |   |   |   |   |   | |
 */
const TIMESTAMP = 14;
const DAY_STEP = 8;
const HOURS = 24;
const MINUTES = 28;
const SECONDS = 32;
const DECIMALS = 36;
const LAST_DECIMAL = 40;
/** Of a timestamp, up to its minutes and the first digit of the seconds. */
const KNOWN = 18;
/** Such an event is longer, and no more of it is looked at. */
export const USUAL_BYTES = 64;

// Digits are zeros here; what is no digit of a word has to be this very byte.
const HOURS_SHAPE = wordOf('T00:');
const MINUTES_SHAPE = wordOf('00:0');
const SECONDS_SHAPE = wordOf('0.00');
const DECIMALS_SHAPE = wordOf('0000');
const LAST_SHAPE = wordOf('0Z",');
const VALUE_1 = wordOf('","V');
const VALUE_2 = wordOf('alue');
const VALUE_3 = wordOf('":  ') >> 16;

function wordOf(text: string): number {
  return Buffer.from(text).readInt32BE();
}

/** Whether an event begins like another one, up to the day of its timestamp. */
export function isOfDay(view: DataView, at: number, other: number): boolean {
  return (
    view.getFloat64(at, true) === view.getFloat64(other, true) &&
    view.getFloat64(at + DAY_STEP, true) === view.getFloat64(other + DAY_STEP, true) &&
    view.getFloat64(at + 2 * DAY_STEP, true) ===
      view.getFloat64(other + 2 * DAY_STEP, true)
  );
}

/** The length of the timestamp of an event whose day is known; `NOWHERE` if it is none. */
export function usualTimestamp(view: DataView, body: Buffer, at: number): number {
  const hours = view.getInt32(at + HOURS) ^ HOURS_SHAPE;
  const minutes = view.getInt32(at + MINUTES) ^ MINUTES_SHAPE;
  // Adding six lifts what is more than nine into the upper four bits.
  const isMinute =
    ((hours | ((hours + 0x00060600) | 0)) & 0xfff0f0ff) === 0 &&
    ((minutes | ((minutes + 0x06060006) | 0)) & 0xf0f0fff0) === 0;
  if (!isMinute) return NOWHERE;
  if (hasSevenDecimals(view, at)) return LONGEST;
  return timestampLength(body, at + TIMESTAMP, KNOWN);
}

function hasSevenDecimals(view: DataView, at: number): boolean {
  const seconds = view.getInt32(at + SECONDS) ^ SECONDS_SHAPE;
  const decimals = view.getInt32(at + DECIMALS) ^ DECIMALS_SHAPE;
  const last = view.getInt32(at + LAST_DECIMAL) ^ LAST_SHAPE;
  return (
    ((seconds | ((seconds + 0x06000606) | 0)) & 0xf0fff0f0) === 0 &&
    ((decimals | ((decimals + 0x06060606) | 0)) & 0xf0f0f0f0) === 0 &&
    ((last | ((last + 0x06000000) | 0)) & 0xf0ffffff) === 0
  );
}

/**
 * By the minutes of two timestamps of a day: more than 0 where the first is later, less
 * where it is earlier.
 */
export function compareMinutes(view: DataView, at: number, other: number): number {
  const hours = view.getInt32(at + HOURS) - view.getInt32(other + HOURS);
  if (hours !== 0) return hours;
  return view.getInt32(at + MINUTES) - view.getInt32(other + MINUTES);
}

/** The same of what follows in two timestamps with seven decimals. */
export function compareDecimals(view: DataView, at: number, other: number): number {
  const seconds = view.getInt32(at + SECONDS) - view.getInt32(other + SECONDS);
  if (seconds !== 0) return seconds;
  const decimals = view.getInt32(at + DECIMALS) - view.getInt32(other + DECIMALS);
  if (decimals !== 0) return decimals;
  return view.getInt32(at + LAST_DECIMAL) - view.getInt32(other + LAST_DECIMAL);
}

/** Whether the timestamp ends here and the value follows. */
export function isBeforeValue(view: DataView, at: number): boolean {
  return (
    view.getInt32(at) === VALUE_1 &&
    view.getInt32(at + 4) === VALUE_2 &&
    view.getInt16(at + 8) === VALUE_3
  );
}
