import type {ResultRow} from '../warehouse';
import {isNameOf, isStagedName, type StagingRun} from './staged-names';

/** Longer than any sync has a file staged before it is loaded. */
const LEFT_BEHIND_AFTER_MS = 24 * 3600 * 1000;

export interface LeftoverOptions {
  readonly run: StagingRun;
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

/**
 * Full paths of the files that dead runs left, among the rows of a `LIST`: named as runs
 * name them, a day old, and not ours. A file of unknown age is left alone.
 */
export function leftovers(
  rows: readonly ResultRow[],
  {run, nowMs}: LeftoverOptions,
): readonly string[] {
  return rows
    .filter((row) => {
      const name = text(row['name']);
      const modifiedMs = instantMs(row['modification_time']);
      const isOld =
        modifiedMs !== undefined && nowMs - modifiedMs > LEFT_BEHIND_AFTER_MS;
      return isOld && isStagedName(name) && !isNameOf(run, name);
    })
    .map((row) => plainPath(text(row['path'])));
}

/** `LIST` writes paths with or without their scheme. */
function plainPath(path: string): string {
  return path.replace(/^dbfs:/, '');
}

function text(cell: unknown): string {
  return typeof cell === 'string' ? cell : '';
}

/** Epoch milliseconds of what a warehouse gives for an instant, in any of its ways. */
function instantMs(cell: unknown): number | undefined {
  if (cell instanceof Date) return finite(cell.getTime());
  if (typeof cell === 'bigint' || typeof cell === 'number') return finite(Number(cell));
  if (typeof cell !== 'string' || cell === '') return undefined;
  return finite(/^\d+$/.test(cell) ? Number(cell) : Date.parse(withZone(cell)));
}

/** An instant without a zone is UTC's. */
function withZone(instant: string): string {
  const iso = instant.replace(' ', 'T');
  return /(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`;
}

function finite(ms: number): number | undefined {
  return Number.isFinite(ms) ? ms : undefined;
}
