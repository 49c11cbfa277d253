import {compared, type Comparison} from '../statistics';

/** How a target bounds a ratio. */
type Bound = 'at least' | 'at most';

/** A bound on a ratio that must hold. */
export interface Target {
  readonly bound: Bound;
  readonly ratio: number;
}

/** One line of the result: what was measured, and against what. */
export interface Measure {
  /** `source-pi read, values/s against the floor program`. */
  readonly measure: string;
  readonly unit: string;
  readonly ours: number;
  readonly against: number;
  /** `ours / against`. */
  readonly ratio: number;
  /** Null where nothing is demanded. */
  readonly target: number | null;
  readonly bound: Bound | null;
  readonly met: boolean | null;
  /** Smallest and greatest ratio of a single round. */
  readonly spread: readonly [number, number];
  readonly rounds: number;
  /**
   * No later run is held against this ratio: `against` is a fixed bound, so that it
   * depends on the machine, or it judges the bench itself.
   */
  readonly notHeld?: true;
  /** Why there is no figure; such a measure is not met. */
  readonly notRun?: string;
}

/** What a measure is called and how many rounds stand behind it. */
export interface Subject {
  readonly measure: string;
  readonly unit: string;
  readonly rounds: number;
  readonly notHeld?: true;
}

/** Judges a comparison by its target, if there is one. */
export function judged(
  subject: Subject,
  comparison: Comparison,
  target?: Target,
): Measure {
  const {ours, against, ratio, spread} = comparison;
  return {
    ...subject,
    ours: significant(ours),
    against: significant(against),
    ratio: significant(ratio),
    target: target?.ratio ?? null,
    bound: target?.bound ?? null,
    met: target === undefined ? null : isMet(ratio, target),
    spread: [significant(spread[0]), significant(spread[1])],
  };
}

/** Judges what was found in each round by the most that it may be. */
export function withinLimit(
  subject: Pick<Subject, 'measure' | 'unit'>,
  found: readonly number[],
  most: number,
): Measure {
  const comparison = compared(
    found,
    found.map(() => most),
  );
  const rounds = found.length;
  const target = {bound: 'at most', ratio: 1} as const;
  return judged({...subject, rounds, notHeld: true}, comparison, target);
}

/** A measure that could not be taken here; a target that it has is not met. */
export function notRun(measure: string, reason: string, target?: Target): Measure {
  const subject = {measure, unit: '', rounds: 0};
  const nothing = {ours: NaN, against: NaN, ratio: NaN, spread: [NaN, NaN]} as const;
  return {...judged(subject, nothing, target), notRun: reason};
}

/** A ratio that is no number meets nothing. */
function isMet(ratio: number, {bound, ratio: limit}: Target): boolean {
  return bound === 'at least' ? ratio >= limit : ratio <= limit;
}

/** Four digits: more would only be noise. */
function significant(value: number): number {
  return Number(value.toPrecision(4));
}
