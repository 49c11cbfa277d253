/** All of these are exact as doubles. */
const POWERS = Float64Array.from({length: 23}, (_, exponent) =>
  Number(`1e${exponent}`),
);
/** Halves the bits of a double. */
const SPLITTER = 2 ** 27 + 1;
/** Far more than all that is rounded below, of which the largest part is 2^-49. */
const MARGIN = 2 ** -30;
const EXPONENT_SHIFT = 20;
const EXPONENT_BITS = 0x7ff;
const FIRST_MANTISSA_BITS = 0xfffff;
/** Half of the distance to the next double has an exponent that is less by so much. */
const HALF_BIT = 53;

/*
 * JavaScript prints the fewest digits that mean a double, and of as many digits those
 * next to it. So a text is printed as it is written if
 *  - the double meant by it is less than half a digit off: no other text of as many
 *    digits is nearer,
 *  - and every text with a digit less is farther off than half of the distance to the
 *    next double: it means another one.
 * What is off is known almost exactly: the product of a double and a power of ten is
 * the sum of two doubles (Dekker 1971), and all else is integers.
 */

/**
 * Whether JavaScript prints the number `(high + low) / 10^decimals`, both of them
 * integers and `low` less than 10^8, with the very digits of that sum, of which there
 * are 16 or 17. False also where that is not certain.
 */
export function isShortest(high: number, low: number, decimals: number): boolean {
  const power = POWERS[decimals] ?? 0;
  if (power === 0) return false;
  const double = nearest(high, low, power);
  const reach = halfStep(double) * power;
  const off = high - double * power + low - productError(double, power);
  const distance = Math.abs(off);
  if (distance > 0.5 - MARGIN || distance > reach - MARGIN) return false;
  const behindTen = (low % 10) - off;
  return behindTen > reach + MARGIN && 10 - behindTen > reach + MARGIN;
}

/** The double next to the number, but for one that lies in the middle of two. */
function nearest(high: number, low: number, power: number): number {
  const double = (high + low) / power;
  const off = high - double * power + low - productError(double, power);
  return double + off / power;
}

/** By how much the product of two numbers is more than the double that is made of it. */
function productError(a: number, b: number): number {
  const highA = highPart(a);
  const lowA = a - highA;
  const highB = highPart(b);
  const lowB = b - highB;
  return highA * highB - a * b + highA * lowB + lowA * highB + lowA * lowB;
}

function highPart(value: number): number {
  const product = SPLITTER * value;
  return product - (product - value);
}

const bits = new DataView(new ArrayBuffer(8));

/** Half of the distance to both next doubles; nothing where they may differ. */
function halfStep(double: number): number {
  bits.setFloat64(0, double);
  const first = bits.getInt32(0);
  if ((first & FIRST_MANTISSA_BITS) === 0) return 0;
  const exponent = (first >>> EXPONENT_SHIFT) & EXPONENT_BITS;
  bits.setInt32(0, (exponent - HALF_BIT) << EXPONENT_SHIFT);
  bits.setInt32(4, 0);
  return bits.getFloat64(0);
}
