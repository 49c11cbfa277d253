/** The middle value; the mean of the two middle ones for an even number. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
  return (lower + upper) / 2;
}

/**
 * The exponent with which y grows with x: the slope of the straight line through the
 * logarithms by least squares. 1 is linear, 0 constant. NaN for fewer than two points.
 */
export function exponent(pairs: readonly (readonly [x: number, y: number])[]): number {
  const logs = pairs.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (position: 0 | 1): number =>
    logs.reduce((sum, pair) => sum + pair[position], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let [covariance, variance] = [0, 0];
  for (const [x, y] of logs) {
    covariance += (x - meanX) * (y - meanY);
    variance += (x - meanX) ** 2;
  }
  return covariance / variance;
}

/** Two contestants compared over the rounds of one run. */
export interface Comparison {
  /** Medians. */
  readonly ours: number;
  readonly against: number;
  /** Of the medians. */
  readonly ratio: number;
  /** Smallest and greatest ratio of a single round. */
  readonly spread: readonly [number, number];
}

/**
 * Compares what both reached in the same rounds. Rounds lie minutes apart on a shared
 * machine, so a ratio is formed within a round or of medians, never across runs.
 */
export function compared(
  ours: readonly number[],
  against: readonly number[],
): Comparison {
  const ratios = ours.map((value, round) => value / (against[round] ?? NaN));
  const [a, b] = [median(ours), median(against)];
  const spread = [Math.min(...ratios), Math.max(...ratios)] as const;
  return {ours: a, against: b, ratio: a / b, spread};
}
