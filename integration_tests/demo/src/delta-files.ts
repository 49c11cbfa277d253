import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

interface Action {
  readonly add?: {readonly path: string};
  readonly remove?: {readonly path: string};
}

/**
 * The Parquet files a Delta table consists of now, by replaying its commits. A reading
 * of the log of its own, so that the proof does not rest on the program it judges. It
 * reads every commit from the first and therefore needs no checkpoint.
 */
export function deltaFiles(table: string): readonly string[] {
  const files = new Set<string>();
  for (const commit of commitFiles(table)) {
    const text = readFileSync(commit, 'utf8');
    for (const line of text.split('\n').filter((part) => part !== '')) {
      const {add, remove} = JSON.parse(line) as Action;
      if (add !== undefined) files.add(path.join(table, decodeURIComponent(add.path)));
      if (remove !== undefined) {
        files.delete(path.join(table, decodeURIComponent(remove.path)));
      }
    }
  }
  return [...files];
}

/** Number of commits, which is what readers call the table's version plus one. */
export function deltaCommits(table: string): number {
  return commitFiles(table).length;
}

/** The commits of a table's log, oldest first; none where there is no table. */
function commitFiles(table: string): readonly string[] {
  const log = path.join(table, '_delta_log');
  if (!existsSync(log)) return [];
  return readdirSync(log)
    .filter((name) => /^\d{20}\.json$/.test(name))
    .sort()
    .map((name) => path.join(log, name));
}
