import type {Commit, Query} from '../stand-in/stand-in-warehouse';

/** Sets of rows that readers of a table may see, by their serials. */
export interface Views {
  readonly allowed: readonly ReadonlySet<number>[];
}

/**
 * Keeps, in the stand-in's own order of events, which rows had come into tables when, and
 * looks at tables that are to be replaced whenever they change.
 */
export class Journal {
  /** By serial: the last attempt that sent the row and had it loaded. */
  readonly #loadedBy = new Map<number, number>();
  readonly #watched = new Map<string, Views>();
  readonly #problems: string[] = [];
  #attempt = 0;

  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Attempts are counted over the whole story. */
  beginAttempt(attempt: number, watched: ReadonlyMap<string, Views>): void {
    this.#attempt = attempt;
    this.#watched.clear();
    for (const [table, views] of watched) this.#watched.set(table, views);
  }

  /** Whether a row was in a table by now, sent by an attempt not earlier than this one. */
  isLoaded(serial: number, sinceAttempt: number): boolean {
    return (this.#loadedBy.get(serial) ?? -1) >= sinceAttempt;
  }

  /** To be awaited before whoever made the commit is told of it. */
  async committed({kind, table, files}: Commit, query: Query): Promise<void> {
    if (files.length > 0) await this.#countLoaded(files, query);
    const views = this.#watched.get(table.fullName);
    if (views !== undefined && kind !== 'drop') {
      await this.#look(table.fullName, views, query);
    }
    if (views !== undefined && kind === 'drop') {
      this.#problems.push(`attempt ${this.#attempt}: ${table.fullName} was dropped`);
    }
  }

  async #countLoaded(files: readonly string[], query: Query): Promise<void> {
    const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
    const rows = await query(`SELECT serial, sent_in FROM read_parquet([${list}])`);
    for (const [serial, sentIn] of rows) {
      const before = this.#loadedBy.get(Number(serial)) ?? -1;
      this.#loadedBy.set(Number(serial), Math.max(before, Number(sentIn)));
    }
  }

  async #look(table: string, {allowed}: Views, query: Query): Promise<void> {
    const [schema, name] = [
      table.slice(0, table.lastIndexOf('.')),
      table.split('.').at(-1),
    ];
    const rows = await query(`SELECT DISTINCT serial FROM "${schema}"."${name}"`);
    const seen = new Set(rows.map(([serial]) => Number(serial)));
    if (allowed.some((view) => isEqual(view, seen))) return;
    const sizes = allowed.map(({size}) => size).join(' or ');
    this.#problems.push(
      `attempt ${this.#attempt}: readers of ${table} saw ${seen.size} rows ` +
        `where there are ${sizes}, or others than these`,
    );
  }
}

function isEqual(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
