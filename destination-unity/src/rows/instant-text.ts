/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z in seconds since 1970. */
const FIRST_SECOND = -62_135_596_800;
const LAST_SECOND = 253_402_300_799;

const SECONDS_A_DAY = 86_400;
const NANO_DIGITS = 9;
const NANOS_A_MICRO = 1000;

const ZERO = 48;
const NINE = 57;
const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const COLON = 58;
const SPACE = 32;
const UPPER_T = 84;
const LOWER_T = 116;
const UPPER_Z = 90;
const LOWER_Z = 122;

/**
 * Reads ISO 8601 texts without making an object a text; the result stands in the fields
 * until the next one.
 *
 * `2026-03-01T06:07:08.1234567+01:00`; the `T` may be a space, seconds, fraction and zone
 * may be missing, and so may the time. Without a zone it is UTC. Digits behind the
 * microsecond are cut off, which is downwards on either side of 1970. Years 0001 to 9999;
 * no leap second, no hour 24.
 */
export class InstantText {
  /** Whole seconds since 1970-01-01T00:00:00Z. */
  seconds = 0;
  /** 0 to 999,999. */
  micros = 0;
  /** What the text says behind the microsecond: 0 to 999 nanoseconds. */
  nanos = 0;
  /** Whether it says something behind the nanosecond too. */
  isFiner = false;
  #at = 0;

  /** False, with fields of no meaning, for a text that is no instant. */
  read(text: string): boolean {
    const day = dayOf(text);
    this.seconds = day * SECONDS_A_DAY;
    this.micros = 0;
    this.nanos = 0;
    this.isFiner = false;
    if (text.length > 10) {
      this.seconds += this.#timeOfDay(text);
      this.seconds -= this.#offset(text);
    }
    return this.seconds >= FIRST_SECOND && this.seconds <= LAST_SECOND;
  }

  /** Seconds since midnight; NaN where the text has no time after its date. */
  #timeOfDay(text: string): number {
    const separator = text.charCodeAt(10);
    const isSeparated =
      separator === UPPER_T || separator === SPACE || separator === LOWER_T;
    if (!isSeparated || text.charCodeAt(13) !== COLON) return NaN;
    const minutes = upTo(23, twoDigits(text, 11)) * 60 + upTo(59, twoDigits(text, 14));
    this.#at = 16;
    if (text.charCodeAt(16) !== COLON) return minutes * 60;
    this.#at = 19;
    if (text.charCodeAt(19) === DOT) this.#fraction(text);
    return minutes * 60 + upTo(59, twoDigits(text, 17));
  }

  /** A dot without digits leaves the position on the dot, which no zone begins with. */
  #fraction(text: string): void {
    const from = this.#at + 1;
    let at = from;
    let nanos = 0;
    for (let digit = text.charCodeAt(at); digit >= ZERO && digit <= NINE;) {
      if (at - from < NANO_DIGITS) nanos = nanos * 10 + digit - ZERO;
      else if (digit !== ZERO) this.isFiner = true;
      digit = text.charCodeAt(++at);
    }
    if (at === from) return;
    nanos *= 10 ** Math.max(0, NANO_DIGITS - (at - from));
    this.micros = Math.floor(nanos / NANOS_A_MICRO);
    this.nanos = nanos % NANOS_A_MICRO;
    this.#at = at;
  }

  /** Seconds east of UTC; NaN where what is left of the text is no zone. */
  #offset(text: string): number {
    if (this.#at === text.length) return 0;
    if (text.charCodeAt(this.#at) === SPACE) this.#at++;
    switch (text.charCodeAt(this.#at)) {
      case UPPER_Z:
      case LOWER_Z:
        return this.#at + 1 === text.length ? 0 : NaN;
      case PLUS:
        return offsetSeconds(text, this.#at + 1);
      case MINUS:
        return -offsetSeconds(text, this.#at + 1);
      default:
        return NaN;
    }
  }
}

/**
 * Days since 1970-01-01 of a text that begins with `YYYY-MM-DD`, in the proleptic
 * Gregorian calendar; NaN for anything else and for days no calendar has.
 */
export function dayOf(text: string): number {
  if (text.charCodeAt(4) !== MINUS || text.charCodeAt(7) !== MINUS) return NaN;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const isDay = year >= 1 && day >= 1 && day <= daysIn(year, month);
  return isDay ? daysSince1970(year, month, day) : NaN;
}

/** `01`, `0130` and `01:30` are offsets, anything longer or shorter is none. */
function offsetSeconds(text: string, at: number): number {
  return upTo(23, twoDigits(text, at)) * 3600 + zoneMinutes(text, at + 2) * 60;
}

function zoneMinutes(text: string, at: number): number {
  if (at === text.length) return 0;
  const from = text.charCodeAt(at) === COLON ? at + 1 : at;
  return from + 2 === text.length ? upTo(59, twoDigits(text, from)) : NaN;
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  const areDigits = tens >= ZERO && tens <= NINE && ones >= ZERO && ones <= NINE;
  return areDigits ? (tens - ZERO) * 10 + ones - ZERO : NaN;
}

function upTo(most: number, value: number): number {
  return value <= most ? value : NaN;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** Counted in years that begin in March, so that a leap day is a year's last. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = (month + 9) % 12;
  const leapDays =
    Math.floor(marchYear / 4) -
    Math.floor(marchYear / 100) +
    Math.floor(marchYear / 400);
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1;
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}
