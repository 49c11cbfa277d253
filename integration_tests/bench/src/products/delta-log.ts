import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

/** A data file of a table as its log tells of it. */
export interface DataFile {
  readonly path: string;
  readonly bytes: number;
  /** Greatest value of the column `timestamp`, ISO 8601; empty where it is not told. */
  readonly latest: string;
}

/** A commit that changed rows, with what the engine says it did. */
export interface Operation {
  readonly name: string;
  readonly metrics: Readonly<Record<string, string>>;
}

interface Action {
  readonly add?: {
    readonly path: string;
    readonly size: number;
    readonly stats?: string;
  };
  readonly remove?: {readonly path: string};
  readonly commitInfo?: {
    readonly operation: string;
    readonly operationMetrics?: Readonly<Record<string, string>>;
  };
}

/**
 * The data files of a Delta table as its commits leave it. Reads every commit from the
 * first, so checkpoints do not matter; nothing vacuums the log of a bench.
 */
export function dataFiles(table: string): readonly DataFile[] {
  const files = new Map<string, DataFile>();
  for (const {add, remove} of actions(table)) {
    if (remove !== undefined) files.delete(remove.path);
    if (add === undefined) continue;
    const path = join(table, decodeURIComponent(add.path));
    files.set(add.path, {path, bytes: add.size, latest: latestOf(add.stats)});
  }
  return [...files.values()];
}

/** What was done to a table, in order: the facts of `DESCRIBE HISTORY`. */
export function operations(table: string): readonly Operation[] {
  return actions(table).flatMap(({commitInfo}) =>
    commitInfo === undefined
      ? []
      : {name: commitInfo.operation, metrics: commitInfo.operationMetrics ?? {}},
  );
}

/** A commit tells a file that only got another deletion vector as removed and added. */
function actions(table: string): readonly Action[] {
  const log = join(table, '_delta_log');
  return readdirSync(log)
    .filter((name) => /^\d{20}\.json$/.test(name))
    .sort()
    .flatMap((commit) => ordered(readFileSync(join(log, commit), 'utf8')));
}

/** The actions of one commit have no order; removals go first. */
function ordered(commit: string): readonly Action[] {
  const found = commit
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Action);
  const isRemoval = ({remove}: Action): boolean => remove !== undefined;
  return [...found.filter(isRemoval), ...found.filter((one) => !isRemoval(one))];
}

function latestOf(stats: string | undefined): string {
  if (stats === undefined) return '';
  const {maxValues} = JSON.parse(stats) as {
    maxValues?: {readonly timestamp?: string};
  };
  return maxValues?.timestamp ?? '';
}
