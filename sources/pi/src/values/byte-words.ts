const DOUBLE = 8;
const MOST_SAME = 6 * DOUBLE;

/*
 * Eight bytes are compared as one double, which is several times faster than by single
 * bytes. Doubles are equal where their bytes are, but for zero and minus zero: they hold
 * the byte 0, which no JSON text does. What is no number is equal to nothing, so text in
 * other scripts may at worst be taken for different.
 */

/** A part of a text. */
export interface Part {
  readonly at: number;
  readonly length: number;
}

/** Whether the same bytes stand at `at` as in a part of the text that is known as JSON. */
export function repeats(text: DataView, at: number, part: Part): boolean {
  const {at: from, length} = part;
  if (at + length > text.byteLength) return false;
  if (length < DOUBLE) return repeatsShort(text, at, part);
  const last = length - DOUBLE;
  for (let step = 0; step < last; step += DOUBLE) {
    if (text.getFloat64(at + step, true) !== text.getFloat64(from + step, true))
      return false;
  }
  return text.getFloat64(at + last, true) === text.getFloat64(from + last, true);
}

function repeatsShort(text: DataView, at: number, {at: from, length}: Part): boolean {
  for (let step = 0; step < length; step += 1) {
    if (text.getUint8(at + step) !== text.getUint8(from + step)) return false;
  }
  return true;
}

/** How many bytes of two places of a text are the same, 48 at most. */
export function sameStart(text: DataView, a: number, b: number): number {
  const most = Math.min(MOST_SAME, text.byteLength - Math.max(a, b));
  let same = 0;
  while (
    same <= most - DOUBLE &&
    text.getFloat64(a + same, true) === text.getFloat64(b + same, true)
  ) {
    same += DOUBLE;
  }
  while (same < most && text.getUint8(a + same) === text.getUint8(b + same)) same += 1;
  return same;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
