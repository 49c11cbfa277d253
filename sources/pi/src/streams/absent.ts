import {piTimestamp, type PiTimestamp} from '../sync/pi-timestamp';

/** PI writes an empty text where there is none. */
export function textOrAbsent(text: unknown): string | undefined {
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/**
 * A time, unless it is one of those with which PI says that there is none: the years 1
 * and 1970 at their first instant, and the year 9999.
 */
export function instantOrAbsent(
  text: string | null | undefined,
): PiTimestamp | undefined {
  const instant = piTimestamp(text ?? '');
  if (instant === undefined) return undefined;
  const isSentinel = instant.startsWith('9999-') || SENTINELS.has(instant);
  return isSentinel ? undefined : instant;
}

const SENTINELS: ReadonlySet<string> = new Set([
  '0001-01-01T00:00:00.0000000Z',
  '1970-01-01T00:00:00.0000000Z',
]);
