const NUMBER = /^[+-]?(?=\.?\d)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** More digits than any column holds, few enough for BigInt to stay quick. */
const MAX_DIGITS = 60;

export interface ScaledInteger {
  /** The number times 10^scale, rounded half away from zero. */
  readonly unscaled: bigint;
  /** False where rounding changed it. */
  readonly isExact: boolean;
}

/** Whether the text is a decimal number: `12`, `-0.50`, `.5`, `1e-7`. Never hexadecimal. */
export function isNumberText(text: string): boolean {
  return NUMBER.test(text);
}

/**
 * The number a text says, exactly, however many digits it has: no double is involved.
 * Undefined for a text that is no number and for one of more than 60 integer digits.
 */
export function scaledInteger(text: string, scale: number): ScaledInteger | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [digits, exponent] = significant(match);
  const {integer, isExact} = rounded(digits, digits.length + exponent + scale);
  if (integer === undefined) return undefined;
  return {unscaled: text.startsWith('-') ? -integer : integer, isExact};
}

/** All digits without leading zeros, and the power of ten of the last one. */
function significant(match: RegExpExecArray): [digits: string, exponent: number] {
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  return digits === '' ? ['', 0] : [digits, Number(exponent) - fraction.length];
}

/** The first `kept` digits as an integer, zeros added or the rest rounded away. */
function rounded(
  digits: string,
  kept: number,
): {readonly integer: bigint | undefined; readonly isExact: boolean} {
  if (kept > MAX_DIGITS) return {integer: undefined, isExact: false};
  if (kept < 0) return {integer: 0n, isExact: false};
  const integer = BigInt(`0${digits.slice(0, kept).padEnd(kept, '0')}`);
  const rest = digits.slice(kept);
  return {integer: rest >= '5' ? integer + 1n : integer, isExact: !/[1-9]/.test(rest)};
}
