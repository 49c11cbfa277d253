import type {PiTimestamp} from '../sync/pi-timestamp';

/** Which event frames of a database the settings want. */
export interface FramesScope {
  readonly since: PiTimestamp;
  /** Names of templates in capitals, sorted; undefined: whatever the template. */
  readonly templates: readonly string[] | undefined;
}

/**
 * Whether everything wanted now was wanted before. Otherwise older frames were passed
 * over, and the database is read from the start. An older state does not tell.
 */
export function isWithin(now: FramesScope, before: FramesScope | undefined): boolean {
  if (before === undefined) return true;
  if (now.since < before.since) return false;
  const {templates} = before;
  if (templates === undefined) return true;
  return now.templates?.every((name) => templates.includes(name)) ?? false;
}
