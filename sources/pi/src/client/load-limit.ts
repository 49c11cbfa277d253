/**
 * How many requests may be under way at once. It climbs quickly to what is known to be
 * safe; after trouble it tries one more or one less from there, ever more seldom where
 * that was in vain; and it halves on trouble. A value; the functions below give the next.
 */
export interface LoadLimit {
  /** A fraction is progress towards the next whole request. */
  readonly limit: number;
  readonly ceiling: number;
  /** The most that has not been found too much. */
  readonly safe: number;
  /** Good answers at `safe` after which one more or one less is tried. */
  readonly patience: number;
  /** Good answers at `safe` since it changed. */
  readonly waited: number;
  /** Good answers since the last trouble. */
  readonly calm: number;
  /** Whether the next trial is of one more at once, or of one less. */
  readonly direction: 1 | -1;
  /** The present limit is a trial, and not yet judged. */
  readonly isTrial: boolean;
}

const START = 2;
const STEP = 0.25;
const LEAST_PATIENCE = 64;
const MOST_PATIENCE = 8192;
/** A refusal costs the server, and us a wait, more than slowness does. */
const PATIENCE_AFTER_REFUSAL = 512;
/** Of a limit that was refused without anything having been tried. */
const BELOW_REFUSED = 0.75;

/** A few at once, and nothing known yet against the ceiling. */
export function initialLoad(ceiling: number): LoadLimit {
  return {
    limit: Math.min(START, ceiling),
    ceiling,
    safe: ceiling,
    patience: LEAST_PATIENCE,
    waited: 0,
    calm: 0,
    direction: 1,
    isTrial: false,
  };
}

/** An answer in good time: a part of a request more up to what is safe, then patience. */
export function afterGood(load: LoadLimit): LoadLimit {
  const {limit, safe, patience, direction} = load;
  const calm = load.calm + 1;
  if (limit < safe) return {...load, calm, limit: Math.min(safe, limit + STEP)};
  const waited = load.waited + 1;
  const tried = Math.max(1, Math.min(load.ceiling, safe + direction));
  if (waited < patience || tried === safe) return {...load, calm, waited};
  return {...load, calm, ...at(tried), isTrial: true};
}

/**
 * 429, 5xx, a time-out or a broken connection: halved. Only the first trouble after a
 * round of good answers says something about the limit it came at; what follows at once
 * would have come at any.
 */
export function afterRefusal(load: LoadLimit): LoadLimit {
  const halved = lowered(load);
  if (load.calm < load.limit) return halved;
  const {limit, isTrial} = load;
  const safe = isTrial ? limit - 1 : Math.floor(limit * BELOW_REFUSED);
  const patience = Math.max(PATIENCE_AFTER_REFUSAL, longer({patience: longer(load)}));
  return {...halved, safe: Math.max(1, safe), patience};
}

/** Answers take too long: halved, until it is known whether that helps. */
export function afterSlowness(load: LoadLimit): LoadLimit {
  return lowered(load);
}

/** At `limit` answers took `slowness` times as long as at best: what is right there. */
export function belowSlowness(load: LoadLimit, slowness: number): number {
  // Where there is a queue, the excess is as the slowness; where more at once is a loss,
  // it is less.
  const below = Math.floor(load.limit / slowness ** (2 / 3));
  return Math.max(1, Math.min(load.safe, below));
}

/** The trial was worth it: the next one goes the same way, and comes sooner. */
export function afterTrial(load: LoadLimit): LoadLimit {
  const patience = Math.max(LEAST_PATIENCE, load.patience / 2);
  return {...load, patience, isTrial: false};
}

/** The trial was in vain: back, and the next one goes the other way, later. */
export function afterVainTrial(load: LoadLimit): LoadLimit {
  const {safe, direction} = load;
  const back = {...load, ...at(safe - direction), patience: longer(load)};
  return {...back, direction: direction === 1 ? -1 : 1, isTrial: false};
}

function at(safe: number): Pick<LoadLimit, 'limit' | 'safe' | 'waited'> {
  return {limit: safe, safe, waited: 0};
}

function lowered(load: LoadLimit): LoadLimit {
  const limit = Math.max(1, load.limit / 2);
  return {...load, limit, waited: 0, calm: 0, direction: 1, isTrial: false};
}

function longer({patience}: Pick<LoadLimit, 'patience'>): number {
  return Math.min(MOST_PATIENCE, patience * 2);
}
