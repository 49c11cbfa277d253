declare const brand: unique symbol;

/**
 * An instant in PI's resolution of 100 ns, always UTC, always written with seven
 * decimals: `2026-03-02T06:00:00.1234567Z`. So `<` on the text is `<` on the instant,
 * and nothing is lost as it would be in a `Date`.
 */
export type PiTimestamp = string & {readonly [brand]: 'PiTimestamp'};

const SHAPE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?Z$/;

/** PI writes 0 to 7 decimals; undefined for a text that is no UTC instant. */
export function piTimestamp(text: string): PiTimestamp | undefined {
  const match = SHAPE.exec(text);
  if (match === null || Number.isNaN(Date.parse(`${match[1]}Z`))) return undefined;
  return `${match[1]}.${(match[2] ?? '').padEnd(7, '0')}Z` as PiTimestamp;
}

/** The instant of a whole millisecond since 1970. */
export function fromEpochMs(ms: number): PiTimestamp {
  return `${new Date(ms).toISOString().slice(0, -1)}0000Z` as PiTimestamp;
}

/** Milliseconds since 1970, rounded down: for widths and waits, never for a cursor. */
export function toEpochMs(timestamp: PiTimestamp): number {
  return Date.parse(`${timestamp.slice(0, 23)}Z`);
}
