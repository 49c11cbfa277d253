const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** What no position is: the text ends too early, or has another shape. */
export const NOWHERE = -1;

/*
 * How far parts of a JSON text reach. Nothing is proved by these: whoever skips a part
 * gives it to `JSON.parse`, alone or with what stands around it. Of a part that is no
 * JSON any end may be told.
 */

/** The position of the first byte that is no white space; of none: the length. */
export function skipSpace(text: Uint8Array, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text[at])) at += 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The position behind a text whose opening quote stands before `from`. */
export function skipString(text: Uint8Array, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === BACKSLASH) at += 1;
    else if (text[at] === QUOTE) return at + 1;
  }
  return NOWHERE;
}

/** The position behind the value that begins at `from`. */
export function skipValue(text: Uint8Array, from: number): number {
  const first = text[from];
  if (first === QUOTE) return skipString(text, from + 1);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) {
    return skipToEnd(text, from + 1);
  }
  return skipWord(text, from);
}

/** The position behind the end of the object or array that is open at `from`. */
export function skipToEnd(text: Uint8Array, from: number): number {
  let open = 1;
  for (let at = from; at < text.length;) {
    const byte = text[at];
    at += 1;
    if (byte === QUOTE) at = skipString(text, at);
    else open += step(byte);
    if (at === NOWHERE) return NOWHERE;
    if (open === 0) return at;
  }
  return NOWHERE;
}

function step(byte: number | undefined): number {
  if (byte === OPEN_BRACE || byte === OPEN_BRACKET) return 1;
  return byte === CLOSE_BRACE || byte === CLOSE_BRACKET ? -1 : 0;
}

function skipWord(text: Uint8Array, from: number): number {
  let at = from;
  while (at < text.length && !endsWord(text[at])) at += 1;
  return at === from ? NOWHERE : at;
}

function endsWord(byte: number | undefined): boolean {
  return (
    byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || isSpace(byte)
  );
}
