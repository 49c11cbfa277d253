import type {Measure} from './measure';

/** A ratio of a result that was accepted, beside the one of this run. */
export interface Held {
  readonly measure: string;
  readonly accepted: number;
  /** NaN where this run has no such ratio. */
  readonly now: number;
  readonly passed: boolean;
}

/** A ratio may be this much worse than the accepted one before it fails. */
const TOLERATED = 0.25;

/**
 * Holds every ratio of an accepted result against the same one of this run, but those
 * that say themselves that they are not to be held. A ratio that is gone has failed; one
 * that is new is not held against anything.
 */
export function heldAgainst(
  measures: readonly Measure[],
  accepted: readonly Measure[],
): readonly Held[] {
  return accepted.filter(isComparable).map((one) => {
    const {measure, ratio, bound} = one;
    const present = measures.find((other) => other.measure === measure);
    const now = present === undefined || !isComparable(present) ? NaN : present.ratio;
    const passed =
      bound === 'at most'
        ? now <= ratio / (1 - TOLERATED)
        : now >= ratio * (1 - TOLERATED);
    return {measure, accepted: ratio, now, passed};
  });
}

function isComparable({notHeld, notRun, ratio}: Measure): boolean {
  return notHeld !== true && notRun === undefined && Number.isFinite(ratio);
}

/** What was held against the accepted ratios; the last line counts. */
export function heldReport(held: readonly Held[]): string {
  const failed = held.filter(({passed}) => !passed);
  const lines = held.map(({measure, accepted, now, passed}) => {
    const found = Number.isNaN(now) ? 'not measured' : now.toFixed(3);
    const word = passed ? 'passed' : 'FAILED';
    return `${word}  ${measure}: ${found}, accepted ${accepted.toFixed(3)}`;
  });
  const counts = `${held.length - failed.length} passed, ${failed.length} failed`;
  return `${[...lines, counts].join('\n')}\n`;
}
