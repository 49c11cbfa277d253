/** How a failed request is to be met; the table of treatments decides it. */
export interface FailureTraits {
  /** Whether asking again, later, may help. */
  readonly retry: boolean;
  /** Whether asking for less may help. */
  readonly shrink: boolean;
}

/** A request that failed. */
export interface FailedRequest {
  readonly points: number;
  /** How often it was asked, this time included. */
  readonly attempt: number;
  /** How often it was halved to become what it is. */
  readonly depth: number;
}

/**
 * - `again`: wait, then ask the same.
 * - `halve`: ask each half by itself, until the points at fault stand alone.
 * - `alone`: this one point is at fault.
 * - `everybody`: the server itself does not answer; no point is at fault.
 */
export type FailureStep = 'again' | 'halve' | 'alone' | 'everybody';

const ATTEMPTS = 4;
/** Halves of what failed often enough: a second chance, no more, or a bad point among
 * hundreds would cost minutes of waiting. */
const ATTEMPTS_OF_HALVES = 2;

/** What to do about a failed request. Ends for every sequence of failures. */
export function afterFailure(
  {retry, shrink}: FailureTraits,
  {points, attempt, depth}: FailedRequest,
): FailureStep {
  const attempts = depth === 0 || !shrink ? ATTEMPTS : ATTEMPTS_OF_HALVES;
  if (retry && attempt < attempts) return 'again';
  if (!shrink) return 'everybody';
  return points > 1 ? 'halve' : 'alone';
}

/** Both halves, in order; `items` must hold at least two. */
export function halves<Item>(items: readonly Item[]): [Item[], Item[]] {
  const middle = items.length >>> 1;
  return [items.slice(0, middle), items.slice(middle)];
}
