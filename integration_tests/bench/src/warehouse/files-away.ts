import {existsSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/**
 * Files that are to be away while a merge runs. The bench lists them in a file of the
 * warehouse's folder, and the server takes them away as the next `MERGE` comes in: what
 * the destination asks before may still read them.
 */
export class FilesAway {
  readonly #list: string;

  constructor(warehouseFolder: string) {
    this.#list = join(warehouseFolder, 'files-away.json');
  }

  /** Lets these files be taken away at the next merge. */
  ask(paths: readonly string[]): void {
    writeFileSync(this.#list, JSON.stringify(paths));
  }

  /** For the server, before it passes a statement on. */
  seeStatement(sql: string): void {
    if (!/^\s*MERGE\s+INTO\b/i.test(sql) || !existsSync(this.#list)) return;
    const paths = JSON.parse(readFileSync(this.#list, 'utf8')) as readonly string[];
    for (const path of paths) renameSync(path, awayOf(path));
    rmSync(this.#list);
  }

  /** Puts back what is away. True if all of it was. */
  restore(paths: readonly string[]): boolean {
    rmSync(this.#list, {force: true});
    const away = paths.filter((path) => existsSync(awayOf(path)));
    for (const path of away) renameSync(awayOf(path), path);
    return away.length === paths.length;
  }
}

const awayOf = (path: string): string => `${path}.away`;
