import {createHash} from 'node:crypto';

/** Who stages: one process, told apart from every other. */
export interface StagingRun {
  /** Epoch milliseconds. */
  readonly startedMs: number;
  /** Eight hexadecimal digits, drawn anew for every run. */
  readonly id: string;
}

const OURS = /^airbyte-([0-9a-z]{1,11})-([0-9a-f]{8})-[0-9a-f]{8}-\d+\.parquet$/;

/**
 * The name of a run's staged file, never used twice: `airbyte-<start>-<run>-<table>-<n>`.
 * A load remembers files by name, so a name stands for one content for ever.
 */
export function stagedName(
  {startedMs, id}: StagingRun,
  table: string,
  sequence: number,
): string {
  const hash = createHash('sha256').update(table).digest('hex').slice(0, 8);
  return `airbyte-${startedMs.toString(36)}-${id}-${hash}-${sequence}.parquet`;
}

/** Whether a name is one that a run gave, this one or another. */
export function isStagedName(name: string): boolean {
  return OURS.test(name);
}

/** Whether this run gave the name. */
export function isNameOf({startedMs, id}: StagingRun, name: string): boolean {
  const [, start, run] = OURS.exec(name) ?? [];
  return start === startedMs.toString(36) && run === id;
}
