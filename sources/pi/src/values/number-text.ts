import {isDigit} from './timestamp-scan';

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
const COMMA = 0x2c;
const CLOSE_BRACE = 0x7d;

/** Any number of up to 15 digits is printed as it was written; one may be the point. */
const SAFE_BYTES = 16;
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
    const bytes = this.end - first;
    if (bytes < SAFE_BYTES) return true;
    const isPointed = this.end > this.whole;
    return (isPointed && bytes === SAFE_BYTES) || isPrinted(text, from, this.end);
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
