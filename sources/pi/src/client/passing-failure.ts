/** What a sub-request failed with. */
export interface PassingFailure {
  readonly status?: number | undefined;
  /** Milliseconds that the server asks to wait. */
  readonly askedMs?: number | undefined;
}

/** PI asks for fewer requests. */
export const TOO_MANY_REQUESTS = 429;

/** One wait serves all that failed: the one that asks most of us. */
export function graver(a: PassingFailure, b: PassingFailure): PassingFailure {
  const isTooMany = [a, b].some(({status}) => status === TOO_MANY_REQUESTS);
  const askedMs = Math.max(a.askedMs ?? 0, b.askedMs ?? 0);
  return {
    status: isTooMany ? TOO_MANY_REQUESTS : b.status,
    askedMs: askedMs === 0 ? undefined : askedMs,
  };
}
