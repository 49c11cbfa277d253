import {isDigit} from './timestamp-scan';

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
const COMMA = 0x2c;
const CLOSE_BRACE = 0x7d;

/** Any number of up to 15 digits is printed as it was written. */
const SAFE_DIGITS = 15;
const FOUR = 0x34;
const FIVE = 0x35;
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
    const digits = this.end - first - (this.end > this.whole ? 1 : 0);
    if (digits <= SAFE_DIGITS) return true;
    if (digits === SAFE_DIGITS + 1 && isSparse(text, first)) return true;
    return isPrinted(text, from, this.end);
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

/**
 * Whether sixteen digits that begin at `first`, less their point, are below 45 followed
 * by zeros, and so below 2^52. A double near them lies less than one in the last digit
 * from the next double: no other text of so many digits means the same double.
 */
function isSparse(text: Buffer, first: number): boolean {
  const digit = text[first] ?? FIVE;
  if (digit !== FOUR) return digit < FOUR;
  const next = text[first + 1] === POINT ? first + 2 : first + 1;
  return (text[next] ?? FIVE) < FIVE;
}

/** The dear way, for numbers of sixteen digits and more. */
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
