import {NOWHERE} from './json-skip';

const ZERO = 0x30;
const NINE = 0x39;
const POINT = 0x2e;
const LETTER_Z = 0x5a;
/** Where the decimals, or the `Z`, of a timestamp stand. */
const SECONDS = 19;
const MOST = 27;
/** A zero stands for a digit. */
const SHAPE = Uint8Array.from('0000-00-00T00:00:00', (char) =>
  char === '0' ? 0 : char.charCodeAt(0),
);

/**
 * The length of a timestamp of PI's usual shape, whose first `known` bytes have been
 * found to be right; `NOWHERE` for another shape.
 */
export function timestampLength(body: Buffer, from: number, known: number): number {
  if (!secondsFit(body, from, known)) return NOWHERE;
  if (known > SECONDS) return decimalsEnd(body, from, known);
  const byte = body[from + SECONDS];
  if (byte === LETTER_Z) return SECONDS + 1;
  return byte === POINT ? decimalsEnd(body, from, SECONDS + 1) : NOWHERE;
}

/** Whether it has the usual shape from its `known` first bytes up to the seconds. */
function secondsFit(body: Buffer, from: number, known: number): boolean {
  for (let at = known; at < SECONDS; at += 1) {
    if (!fits(body[from + at], SHAPE[at])) return false;
  }
  return true;
}

function fits(byte: number | undefined, shape: number | undefined): boolean {
  return shape === 0 ? isDigit(byte) : byte === shape;
}

function decimalsEnd(body: Buffer, from: number, known: number): number {
  let at = known;
  while (at < MOST && isDigit(body[from + at])) at += 1;
  return at > SECONDS + 1 && body[from + at] === LETTER_Z ? at + 1 : NOWHERE;
}

export function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}
