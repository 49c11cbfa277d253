const FIRST_MS = 500;
const LONGEST_MS = 30_000;

export interface BackoffOptions {
  /** Failures in a row so far, 1 or more. */
  readonly failures: number;
  /** In [0, 1). */
  readonly random: () => number;
  /** What the server asked for, if it did. */
  readonly askedMs?: number | undefined;
}

/**
 * Milliseconds until the next try: anywhere between nothing and a bound that doubles with
 * every failure up to half a minute, so that clients that failed together do not return
 * together; on top of what the server asked for.
 */
export function backoffMs({failures, random, askedMs = 0}: BackoffOptions): number {
  const doublings = Math.min(failures - 1, 16);
  return askedMs + random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** doublings);
}

/** `Retry-After` as milliseconds from now; undefined where it is absent or unreadable. */
export function retryAfterMs(
  header: string | null | undefined,
  nowMs: number,
): number | undefined {
  if (header === undefined || header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - nowMs : seconds * 1000;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
