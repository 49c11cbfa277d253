import {piTimestamp} from '../sync/pi-timestamp';

const LONG = '2026-03-02T06:00:00.1234567Z'.length;
const SHORT = '2026-03-02T06:00:00Z'.length;
const ZERO_DECIMALS = '.0000000Z';
const ZEROS = '0000000';
const POINT = 46;
const COLON = 58;
const LETTER_T = 84;
const LETTER_Z = 90;

/** With seven decimals: PI leaves out zeros at the end. Only what has none of its usual shapes is parsed. */
export function sevenDecimals(timestamp: unknown): string | undefined {
  if (typeof timestamp !== 'string') return undefined;
  if (!hasUsualShape(timestamp)) return piTimestamp(timestamp);
  const {length} = timestamp;
  if (length === LONG) return timestamp;
  if (length === SHORT) return timestamp.slice(0, SHORT - 1) + ZERO_DECIMALS;
  return `${timestamp.slice(0, length - 1)}${ZEROS.slice(0, LONG - length)}Z`;
}

/** `2026-03-02T06:00:00Z`, or with a point and decimals. */
function hasUsualShape(timestamp: string): boolean {
  const {length} = timestamp;
  return (
    length >= SHORT &&
    length <= LONG &&
    timestamp.charCodeAt(10) === LETTER_T &&
    timestamp.charCodeAt(16) === COLON &&
    timestamp.charCodeAt(length - 1) === LETTER_Z &&
    (length === SHORT || timestamp.charCodeAt(SHORT - 1) === POINT)
  );
}
