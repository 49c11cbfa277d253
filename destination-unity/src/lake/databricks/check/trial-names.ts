/** How names of what only a check makes begin. */
export const TRIAL_PREFIX = '_airbyte_check_';

const TRIAL_NAME = new RegExp(`^${TRIAL_PREFIX}([0-9a-z]+)_[0-9a-z]+$`);
const DAY_MS = 24 * 60 * 60 * 1000;
const BASE = 36;

/**
 * A name for what a check makes and takes away again, with the time in it.
 *
 * @param random At least 0 and below 1.
 */
export function trialName(nowMs: number, random: number): string {
  const chance = Math.floor(random * BASE ** 6).toString(BASE);
  return `${TRIAL_PREFIX}${Math.floor(nowMs).toString(BASE)}_${chance}`;
}

/** Whether the name is that of a check so long ago that it must have been killed. */
export function isLeftover(name: string, nowMs: number): boolean {
  const [, made] = TRIAL_NAME.exec(name) ?? [];
  return made !== undefined && nowMs - Number.parseInt(made, BASE) > DAY_MS;
}
