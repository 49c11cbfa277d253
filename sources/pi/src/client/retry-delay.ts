const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** A proxy may ask for hours; a sync that waits so long is better started again. */
const LONGEST_ASKED_MS = 300_000;

export interface RetryWait {
  /** 1 for the wait after the first attempt. */
  readonly attempt: number;
  /** What the server asked for by `Retry-After`. */
  readonly askedMs?: number | undefined;
  /** In `[0, 1)`. */
  readonly random: number;
}

/**
 * Milliseconds to wait before trying again: full jitter over 1 s, 2 s, 4 s … 60 s, and
 * never less than the server asked for (up to five minutes).
 */
export function retryDelayMs({attempt, askedMs = 0, random}: RetryWait): number {
  const ceilingMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  const jitterMs = Math.floor(ceilingMs * random);
  return Math.min(askedMs, LONGEST_ASKED_MS) + jitterMs;
}

/** `Retry-After` in milliseconds from now, in either of its forms; else undefined. */
export function retryAfterMs(
  header: string | undefined,
  nowMs: number,
): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = /^[A-Z][a-z]{2},/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
