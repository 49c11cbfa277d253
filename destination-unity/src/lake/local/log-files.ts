import path from 'node:path';

/** A checkpoint as it lies in a log: one file, or several that belong together. */
export interface CheckpointFiles {
  readonly version: number;
  readonly files: readonly string[];
}

/** What a log folder holds, by the names of its files. */
export interface LogListing {
  /** Ascending. */
  readonly commits: readonly number[];
  /** The newest that is complete. */
  readonly checkpoint: CheckpointFiles | undefined;
}

const COMMIT = /^(\d{20})\.json$/;
const CHECKPOINT = /^(\d{20})\.checkpoint(?:\.\d{10}\.(\d{10}))?\.parquet$/;

export const LAST_CHECKPOINT = '_last_checkpoint';

export function logFolder(table: string): string {
  return path.join(table, '_delta_log');
}

export function commitFile(table: string, version: number): string {
  return path.join(logFolder(table), `${padded(version)}.json`);
}

export function checkpointFile(table: string, version: number): string {
  return path.join(logFolder(table), `${padded(version)}.checkpoint.parquet`);
}

/** A name readers of the log pass over, to be given up before the commit ends. */
export function temporaryFile(table: string, id: string): string {
  return path.join(logFolder(table), `.${id}.tmp`);
}

export function isTemporary(name: string): boolean {
  return /^\..*\.tmp$/.test(name);
}

/** The version a file of the log is about; undefined for other files. */
export function versionOf(name: string): number | undefined {
  const version = COMMIT.exec(name)?.[1] ?? CHECKPOINT.exec(name)?.[1];
  return version === undefined ? undefined : Number(version);
}

function padded(version: number): string {
  return String(version).padStart(20, '0');
}

export function logListing(table: string, names: readonly string[]): LogListing {
  const commits = names
    .flatMap((name) => COMMIT.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  return {commits, checkpoint: newestCheckpoint(logFolder(table), names)};
}

function newestCheckpoint(
  folder: string,
  names: readonly string[],
): CheckpointFiles | undefined {
  const found = new Map<string, {version: number; parts: number; files: string[]}>();
  for (const name of names) {
    const [, version, parts] = CHECKPOINT.exec(name) ?? [];
    if (version === undefined) continue;
    const id = `${version}/${parts ?? ''}`;
    const group = found.get(id) ?? {
      version: Number(version),
      parts: Number(parts ?? 1),
      files: [],
    };
    group.files.push(path.join(folder, name));
    found.set(id, group);
  }
  return [...found.values()]
    .filter(({parts, files}) => parts === files.length)
    .sort((a, b) => b.version - a.version)[0];
}
