import type {LineBytes} from './line-bytes';

const ZERO = 48;
const MINUS = 45;
const DOT = 46;
const LOWER_E = 101;
const UPPER_E = 69;

/** Digits a double always tells apart, and one more where they are below 2^53. */
const MOST_DIGITS = 16;
/** Powers of ten up to here are doubles without rounding, so one division is exact. */
const MOST_DECIMALS = 22;
const POWERS = Array.from({length: MOST_DECIMALS + 1}, (_, power) => 10 ** power);

/** Reads JSON numbers without an exponent; the result stands in the fields. */
export class NumberScan {
  /** The double nearest to the text, as `JSON.parse` has it. */
  value = 0;
  /** Digits behind the point. */
  decimals = 0;
  #at = 0;
  #digits = 0;

  constructor(private readonly line: LineBytes) {}

  /**
   * Reads the number that begins at `at`. Returns where it ends, or -1 where there is
   * none, one with an exponent, or one beyond what a double holds.
   */
  read(at: number): number {
    const {bytes} = this.line;
    const isNegative = bytes[at] === MINUS;
    const from = isNegative ? at + 1 : at;
    this.#at = from;
    this.#digits = 0;
    const whole = this.#append(0);
    if (this.#at === from || isPadded(bytes[from], this.#at - from)) return -1;
    const magnitude = this.#fraction(whole);
    if (Number.isNaN(magnitude)) return -1;
    if (!this.#isExact(magnitude)) return this.#slowly(at);
    const value = magnitude / powerOfTen(this.decimals);
    this.value = isNegative ? -value : value;
    return this.#at;
  }

  /** Goes on behind the point, if there is one. NaN for what is no number of ours. */
  #fraction(whole: number): number {
    const {bytes} = this.line;
    const pointAt = this.#at;
    let magnitude = whole;
    this.decimals = 0;
    if (bytes[pointAt] === DOT) {
      this.#at++;
      magnitude = this.#append(whole);
      this.decimals = this.#at - pointAt - 1;
      if (this.decimals === 0) return NaN;
    }
    const next = bytes[this.#at];
    return next === LOWER_E || next === UPPER_E ? NaN : magnitude;
  }

  /** Takes digits on; counts those that are not zeros at the beginning. */
  #append(before: number): number {
    const {bytes} = this.line;
    let magnitude = before;
    let digits = this.#digits;
    let at = this.#at;
    for (;;) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      magnitude = magnitude * 10 + digit;
      if (magnitude > 0) digits++;
      at++;
    }
    this.#digits = digits;
    this.#at = at;
    return magnitude;
  }

  #isExact(magnitude: number): boolean {
    return (
      this.#digits <= MOST_DIGITS &&
      magnitude <= Number.MAX_SAFE_INTEGER &&
      this.decimals <= MOST_DECIMALS
    );
  }

  #slowly(at: number): number {
    this.value = Number(this.line.bytes.toString('latin1', at, this.#at));
    return Number.isFinite(this.value) ? this.#at : -1;
  }
}

/** JSON knows no numbers such as 007. */
function isPadded(first: number | undefined, digits: number): boolean {
  return first === ZERO && digits > 1;
}

function powerOfTen(power: number): number {
  return POWERS[power] ?? 1;
}
