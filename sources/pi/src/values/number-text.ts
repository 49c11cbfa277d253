import {isShortest} from './shortest-text';
import {isDigit} from './timestamp-scan';

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
const COMMA = 0x2c;
const CLOSE_BRACE = 0x7d;

/** Any number of up to 15 digits is printed as it was written. */
const SAFE_DIGITS = 15;
/** More are never printed, but for zeros. */
const MOST_DIGITS = 17;
/** What is left of so many bytes of digits before them is exact as a double. */
const LOW_BYTES = 8;
/** `0.0000001` is printed as `1e-7`. */
const MOST_ZEROS = 5;

/**
 * Finds numbers whose text is the very text that JavaScript prints of them, so that it
 * can be copied without being parsed. Zeros at the end of a fraction are left out.
 */
export class NumberText {
  /** Behind what is to be copied. */
  end = 0;
  /** Behind the number. */
  stop = 0;
  /** Behind its whole part. */
  private whole = 0;

  /**
   * Sets `end` and `stop` by the number at `from`. False where there is none, or one
   * whose text must be made anew: `1e5`, `-0`, more digits than a double has.
   */
  find(text: Buffer, from: number): boolean {
    const first = text[from] === MINUS ? from + 1 : from;
    const whole = digitsEnd(text, first);
    if (whole === first || (text[first] === ZERO && whole > first + 1)) return false;
    this.whole = whole;
    this.stop = whole;
    this.end = whole;
    if (text[whole] === POINT && !this.fraction(text, whole)) return false;
    return isEnd(text[this.stop]) && this.isCopied(text, from, first);
  }

  private isCopied(text: Buffer, from: number, first: number): boolean {
    if (text[first] === ZERO && !isPlainFraction(text, first, this.end)) {
      return this.end === first + 1 && first === from;
    }
    if (this.end - first <= SAFE_DIGITS) return true;
    const digits = this.digitsFrom(significant(text, first));
    if (digits <= SAFE_DIGITS) return true;
    return (
      (digits <= MOST_DIGITS && this.isShortest(text, first)) ||
      isPrinted(text, from, this.end)
    );
  }

  private digitsFrom(at: number): number {
    const {end, whole} = this;
    return end - at - (at <= whole && end > whole ? 1 : 0);
  }

  private isShortest(text: Buffer, first: number): boolean {
    const {end, whole} = this;
    const middle = end - LOW_BYTES;
    const decimals = Math.max(0, end - whole - 1);
    const isSplit = middle <= whole && whole < end;
    const scale = isSplit ? 10 ** (LOW_BYTES - 1) : 10 ** LOW_BYTES;
    const high = integerIn(text, first, middle) * scale;
    return isShortest(high, integerIn(text, middle, end), decimals);
  }

  private fraction(text: Buffer, point: number): boolean {
    const stop = digitsEnd(text, point + 1);
    if (stop === point + 1) return false;
    let end = stop;
    while (text[end - 1] === ZERO) end -= 1;
    this.stop = stop;
    this.end = end === point + 1 ? point : end;
    return true;
  }
}

/** Whether what begins with a zero goes on with a fraction that needs no exponent. */
function isPlainFraction(text: Buffer, zero: number, end: number): boolean {
  const most = zero + 2 + MOST_ZEROS;
  for (let at = zero + 2; at < end && at <= most; at += 1) {
    if (text[at] !== ZERO) return true;
  }
  return false;
}

/** The position of the first digit that is no zero; there is one. */
function significant(text: Buffer, first: number): number {
  let at = first;
  while (text[at] === ZERO || text[at] === POINT) at += 1;
  return at;
}

/** The integer that digits are without their point. */
function integerIn(text: Buffer, from: number, end: number): number {
  let value = 0;
  for (let at = from; at < end; at += 1) {
    const byte = text[at] ?? ZERO;
    if (byte !== POINT) value = value * 10 + byte - ZERO;
  }
  return value;
}

/** The dear way, for numbers that are none of the usual ones. */
function isPrinted(text: Buffer, from: number, end: number): boolean {
  const written = text.toString('latin1', from, end);
  return String(Number(written)) === written;
}

function isEnd(byte: number | undefined): boolean {
  return byte === COMMA || byte === CLOSE_BRACE;
}

function digitsEnd(text: Buffer, from: number): number {
  let at = from;
  while (isDigit(text[at])) at += 1;
  return at;
}
