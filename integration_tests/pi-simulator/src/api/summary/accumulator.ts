import {type Ticks} from '../../time/ticks';

/** A value and when it was. */
export interface Extreme {
  readonly value: number;
  readonly at: Ticks;
}

/** What is known of the values that were added, in the unit of their weights. */
export interface Totals {
  /** Weight of everything that was looked at. */
  readonly span: number;
  /** Weight of the part that was good. */
  readonly good: number;
  /** Weight of the good numbers; less than `good` where a good value is no number. */
  readonly weight: number;
  readonly mean: number;
  /** Weighted sum of the squared distances from the mean. */
  readonly squares: number;
  readonly minimum: Extreme | undefined;
  readonly maximum: Extreme | undefined;
}

/** A part of a series whose numbers run in a straight line. */
export interface Stretch {
  readonly weight: number;
  readonly first: Extreme;
  readonly last: Extreme;
}

/**
 * Gathers weighted values one by one, in constant memory. Means and squares are merged
 * pairwise, so that a large offset does not eat the digits of a small variation.
 */
export class Accumulator {
  private span = 0;
  private good = 0;
  private weight = 0;
  private mean = 0;
  private squares = 0;
  private minimum: Extreme | undefined;
  private maximum: Extreme | undefined;

  addStretch({weight, first, last}: Stretch): void {
    this.addGood(weight);
    this.addExtreme(first);
    this.addExtreme(last);
    const change = last.value - first.value;
    this.merge(weight, (first.value + last.value) / 2, (weight * change * change) / 12);
  }

  /** A good value that is no number. */
  addGood(weight: number): void {
    this.span += weight;
    this.good += weight;
  }

  addBad(weight: number): void {
    this.span += weight;
  }

  totals(): Totals {
    const {span, good, weight, mean, squares, minimum, maximum} = this;
    return {span, good, weight, mean, squares, minimum, maximum};
  }

  /** The earliest of equal extremes stays. */
  private addExtreme(candidate: Extreme): void {
    const {minimum, maximum} = this;
    if (minimum === undefined || candidate.value < minimum.value)
      this.minimum = candidate;
    if (maximum === undefined || candidate.value > maximum.value)
      this.maximum = candidate;
  }

  private merge(weight: number, mean: number, squares: number): void {
    const together = this.weight + weight;
    if (together === 0) return;
    const distance = mean - this.mean;
    this.squares += squares + (distance * distance * this.weight * weight) / together;
    this.mean += (distance * weight) / together;
    this.weight = together;
  }
}
