import type {LineBytes} from './line-bytes';

const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;

/**
 * Where the text that begins at `at` ends, at its closing quote. -1 where it has an escape
 * or a byte that must not stand in a text, such as the line feed behind a torn line.
 */
export function endOfText({bytes}: LineBytes, at: number): number {
  for (let i = at; ; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === QUOTE) return i;
    if (byte < SPACE || byte === BACKSLASH) return -1;
  }
}

/** What stands for bytes that are no UTF-8; where it was sent as such cannot be told. */
const REPLACEMENT = '\ufffd';

/** The text of bytes `[from, to)`; undefined where some may be no UTF-8. */
export function textOf(
  {bytes}: LineBytes,
  from: number,
  to: number,
): string | undefined {
  const text = bytes.toString('utf8', from, to);
  return text.includes(REPLACEMENT) ? undefined : text;
}
