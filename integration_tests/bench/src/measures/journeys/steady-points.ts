/** Name filters of the simulator's points that have an event every minute. */
export const STEADY = ['TI', 'PI', 'FI', 'LI', 'JI'].map((code) => `*.${code}-*`);

/** Of the simulator's points 15 in 32 have an event every minute. */
const STEADY_SHARE = 15 / 32;
const CYCLE = 32;

/** How many steady points a plant of this size has. */
export function steadyOf(plant: number): number {
  return plant * STEADY_SHARE;
}

/** How large a plant must be that has at least so many steady points. */
export function plantFor(steady: number): number {
  return Math.ceil(steady / STEADY_SHARE / CYCLE) * CYCLE;
}
