/**
 * How many requests may be under way at once: additive increase, multiplicative
 * decrease. A value; `afterAnswer` gives the next one.
 */
export interface LoadLimit {
  /** A fraction is progress towards the next whole request. */
  readonly limit: number;
  readonly ceiling: number;
  /** Requests begun before this instant do not lower the limit again. */
  readonly loweredAtMs: number;
}

export interface AnswerSigns {
  /** 429, 5xx, a time-out or a broken connection. */
  readonly overloaded: boolean;
  readonly begunAtMs: number;
  readonly nowMs: number;
}

const START = 4;

export function initialLoad(ceiling: number): LoadLimit {
  return {
    limit: Math.min(START, ceiling),
    ceiling,
    loweredAtMs: Number.NEGATIVE_INFINITY,
  };
}

/** Halved once per burst of trouble, never below 1; one more per `limit` good answers. */
export function afterAnswer(load: LoadLimit, signs: AnswerSigns): LoadLimit {
  if (!signs.overloaded) {
    return {...load, limit: Math.min(load.ceiling, load.limit + 1 / load.limit)};
  }
  if (signs.begunAtMs < load.loweredAtMs) return load;
  return {...load, limit: Math.max(1, load.limit / 2), loweredAtMs: signs.nowMs};
}
