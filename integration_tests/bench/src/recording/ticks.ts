/**
 * Instants in ticks of 100 ns since 2020, as whole numbers: since 1970 they would be too
 * large to be exact.
 */
const EPOCH_MS = Date.UTC(2020, 0, 1);
const TICKS_PER_MS = 10_000;
const DECIMALS = 7;
const SECONDS_LENGTH = '2026-03-02T06:00:00'.length;
const [ZERO, POINT] = [0x30, 0x2e];
const SHAPE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/;

/** The ticks of a text such as `2026-03-02T06:00:00.28Z`; undefined for any other form. */
export function ticksOf(text: string): number | undefined {
  return SHAPE.test(text) ? ticksAt(Buffer.from(text, 'latin1'), 0) : undefined;
}

/** The ticks of an instant of that form that begins at a byte; it is not checked. */
export function ticksAt(bytes: Buffer, at: number): number {
  const ms = Date.UTC(
    number(bytes, at, 4),
    number(bytes, at + 5, 2) - 1,
    number(bytes, at + 8, 2),
    number(bytes, at + 11, 2),
    number(bytes, at + 14, 2),
    number(bytes, at + 17, 2),
  );
  return (ms - EPOCH_MS) * TICKS_PER_MS + fraction(bytes, at + SECONDS_LENGTH);
}

function number(bytes: Buffer, at: number, digits: number): number {
  let value = 0;
  for (let i = at; i < at + digits; i += 1) value = value * 10 + digit(bytes, i);
  return value;
}

function fraction(bytes: Buffer, at: number): number {
  if (bytes[at] !== POINT) return 0;
  let [value, count] = [0, 0];
  for (let next = digit(bytes, at + 1); next >= 0 && next <= 9;) {
    value = value * 10 + next;
    count += 1;
    next = digit(bytes, at + 1 + count);
  }
  return value * 10 ** (DECIMALS - count);
}

const digit = (bytes: Buffer, at: number): number => (bytes[at] ?? 0) - ZERO;
