const FULL_LENGTH = '2026-03-02T06:00:00.0000000Z'.length;
const SECONDS_LENGTH = '2026-03-02T06:00:00'.length;

/** PI leaves out trailing zeros of the fraction; records have seven decimals. */
export function sevenDecimals(timestamp: string): string {
  if (timestamp.length === FULL_LENGTH) return timestamp;
  const fraction = timestamp.slice(SECONDS_LENGTH + 1, -1);
  return `${timestamp.slice(0, SECONDS_LENGTH)}.${fraction.padEnd(7, '0')}Z`;
}
