import {dayOf} from '../instant-text';
import type {LineBytes} from './line-bytes';

const ZERO = 48;
const DOT = 46;
const COLON = 58;
const UPPER_T = 84;
const UPPER_Z = 90;
const SECONDS_A_DAY = 86_400;
const MOST_DIGITS = 9;

/** `YYYY-MM-DDTHH:MM:SSZ` */
const SHORTEST = 20;
const HOUR_AT = 11;
/** Where eight bytes begin that end with the colon behind the hour. */
const HOUR_END_AT = 6;
const MINUTE_AT = 14;
const SECOND_AT = 17;
const FRACTION_AT = 19;

/** Nanoseconds of one unit of a fraction with so many digits. */
const NANOS = Array.from({length: MOST_DIGITS + 1}, (_, digits) => 10 ** (9 - digits));

/**
 * Reads times of the shape `2026-03-01T06:07:08.1234567Z`, with up to 9 digits behind the
 * second; the result stands in the fields until the next one. The hour is mostly the one
 * before, whose beginning is known.
 */
export class InstantScan {
  /** Whole seconds since 1970-01-01T00:00:00Z. */
  seconds = 0;
  /** 0 to 999,999. */
  micros = 0;
  /** 0 to 999, behind the microseconds. */
  nanos = 0;
  #fractionUnits = 0;
  #hourSeconds = 0;
  #hourBegins = NaN;
  #hourEnds = NaN;

  constructor(private readonly line: LineBytes) {}

  /** Returns where the time that begins at `at` ends, or -1 where there is none. */
  read(at: number): number {
    const {view, end, bytes} = this.line;
    if (at + SHORTEST > end) return -1;
    const begins = view.getFloat64(at, true);
    const ends = view.getFloat64(at + HOUR_END_AT, true);
    if (begins !== this.#hourBegins || ends !== this.#hourEnds) {
      if (!this.#readHour(at)) return -1;
      this.#hourBegins = begins;
      this.#hourEnds = ends;
    }
    const minute = this.#twoDigits(at + MINUTE_AT);
    const second = this.#twoDigits(at + SECOND_AT);
    if (bytes[at + SECOND_AT - 1] !== COLON || minute > 59 || second > 59) return -1;
    this.seconds = this.#hourSeconds + minute * 60 + second;
    return this.#fraction(at + FRACTION_AT);
  }

  #readHour(at: number): boolean {
    this.#hourBegins = NaN;
    const text = this.line.bytes.toString('latin1', at, at + HOUR_AT);
    const day = dayOf(text);
    const hour = this.#twoDigits(at + HOUR_AT);
    this.#hourSeconds = day * SECONDS_A_DAY + hour * 3600;
    return (
      hour <= 23 &&
      !Number.isNaN(day) &&
      text.charCodeAt(HOUR_AT - 1) === UPPER_T &&
      this.line.bytes[at + MINUTE_AT - 1] === COLON
    );
  }

  #fraction(from: number): number {
    const {bytes} = this.line;
    this.micros = 0;
    this.nanos = 0;
    if (bytes[from] === UPPER_Z) return from + 1;
    const at = bytes[from] === DOT ? this.#units(from + 1) : from;
    const digits = at - from - 1;
    if (bytes[at] !== UPPER_Z || digits === 0 || digits > MOST_DIGITS) return -1;
    const nanos = this.#fractionUnits * (NANOS[digits] ?? 0);
    this.micros = Math.floor(nanos / 1000);
    this.nanos = nanos - this.micros * 1000;
    return at + 1;
  }

  /** Takes digits; returns where they end. */
  #units(from: number): number {
    const {bytes} = this.line;
    let units = 0;
    for (let at = from; ; at++) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (!(digit >= 0 && digit <= 9)) {
        this.#fractionUnits = units;
        return at;
      }
      units = units * 10 + digit;
    }
  }

  /** 100 or more where no two digits stand. */
  #twoDigits(at: number): number {
    const {bytes} = this.line;
    const tens = (bytes[at] ?? 0) - ZERO;
    const ones = (bytes[at + 1] ?? 0) - ZERO;
    return (tens | ones) >= 0 && tens <= 9 && ones <= 9 ? tens * 10 + ones : 100;
  }
}
