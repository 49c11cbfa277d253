/** A bucket of permits that fills with time. A value; `takeToken` gives the next one. */
export interface TokenBucket {
  readonly tokens: number;
  readonly filledAtMs: number;
}

export interface BucketRate {
  readonly perSecond: number;
  /** How many may be taken at once after a rest. */
  readonly burst: number;
}

/**
 * Takes one token and says after how many milliseconds it may be used. Tokens may be
 * taken ahead of time: whoever comes next waits longer, and nobody is overtaken.
 */
export function takeToken(
  bucket: TokenBucket,
  {perSecond, burst}: BucketRate,
  nowMs: number,
): {readonly bucket: TokenBucket; readonly waitMs: number} {
  const passedMs = Math.max(0, nowMs - bucket.filledAtMs);
  const filled = Math.min(burst, bucket.tokens + (passedMs * perSecond) / 1000);
  const tokens = filled - 1;
  const waitMs = tokens >= 0 ? 0 : Math.ceil((-tokens * 1000) / perSecond);
  const filledAtMs = Math.max(bucket.filledAtMs, nowMs);
  return {bucket: {tokens, filledAtMs}, waitMs};
}
