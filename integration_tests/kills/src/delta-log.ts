import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';

interface Action {
  readonly add?: {
    readonly path: string;
    readonly size: number;
    readonly stats?: string;
  };
  readonly remove?: {readonly path: string};
}

/** What a table's log says of its rows, and what is wrong with the log. */
export interface LogReading {
  /** Rows of all present files by their statistics. */
  readonly rows: number;
  readonly faults: readonly string[];
}

/**
 * Reads a Delta log as a strict reader would: commits without a gap, each line one
 * action, files added once, removed only when present, of the size the log tells.
 */
export function readLog(table: string): LogReading {
  const log = path.join(table, '_delta_log');
  const faults: string[] = [];
  const names = existsSync(log) ? readdirSync(log).sort() : [];
  const commits = names.filter((name) => /^\d{20}\.json$/.test(name));
  const present = new Map<string, NonNullable<Action['add']>>();
  commits.forEach((name, version) => {
    if (Number.parseInt(name, 10) !== version) faults.push(`${name} follows a gap`);
    for (const action of actionsOf(path.join(log, name), faults)) {
      apply(action, present, (fault) => faults.push(`${name}: ${fault}`));
    }
  });
  faults.push(...[...present.values()].flatMap((add) => fileFaults(table, add)));
  faults.push(...pointerFaults(log, commits.length - 1));
  const rows = [...present.values()].reduce((sum, add) => sum + rowsOf(add), 0);
  return {rows, faults: faults.map((fault) => `${path.basename(table)}: ${fault}`)};
}

function actionsOf(file: string, faults: string[]): readonly Action[] {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  if (lines.length === 0) faults.push(`${path.basename(file)} is empty`);
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as Action];
    } catch {
      faults.push(`${path.basename(file)} holds a line that is not JSON`);
      return [];
    }
  });
}

function apply(
  {add, remove}: Action,
  present: Map<string, NonNullable<Action['add']>>,
  onFault: (fault: string) => void,
): void {
  if (remove !== undefined && !present.delete(remove.path)) {
    onFault(`${remove.path} is removed and was not there`);
  }
  if (add === undefined) return;
  if (present.has(add.path)) onFault(`${add.path} is added twice`);
  present.set(add.path, add);
}

function fileFaults(
  table: string,
  {path: name, size}: NonNullable<Action['add']>,
): readonly string[] {
  const file = path.join(table, decodeURIComponent(name));
  if (!existsSync(file)) return [`${name} is missing`];
  return statSync(file).size === size ? [] : [`${name} has another size`];
}

/** The pointer may lag behind, but never names what is not there. */
function pointerFaults(log: string, newest: number): readonly string[] {
  const pointer = path.join(log, '_last_checkpoint');
  if (!existsSync(pointer)) return [];
  const {version} = JSON.parse(readFileSync(pointer, 'utf8')) as {version: number};
  const name = `${String(version).padStart(20, '0')}.checkpoint.parquet`;
  if (version > newest) return [`the checkpoint ${version} is ahead of the commits`];
  return existsSync(path.join(log, name)) ? [] : [`${name} is missing`];
}

function rowsOf({stats = '{}'}: NonNullable<Action['add']>): number {
  return Number((JSON.parse(stats) as {numRecords?: number}).numRecords);
}
