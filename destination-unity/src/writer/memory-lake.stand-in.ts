import {ConfigError} from 'airbyte-cdk-ts';

import type {Lake, LakeTable, StoredGenerations} from '../lake/lake';
import type {ColumnBatch} from '../rows/column-batch';
import {
  storedRows,
  type StoredRow,
  type StoredValue,
} from '../rows/stored-rows.stand-in';
import type {Column, TableDefinition, TableName} from '../table/table-definition';

/** What happened to the tables of a lake, in order: `append pi.t 2`. */
export type LakeEvent = string;

/** A stand-in for a lake: tables as rows in memory, for tests of what writes them. */
export class MemoryLake implements Lake {
  readonly events: LakeEvent[] = [];
  isClosed = false;
  readonly #tables = new Map<string, MemoryTable>();
  /** Awaited before every change of rows: a test makes it fail or wait. */
  beforeCommit: (event: LakeEvent) => Promise<void> = () => Promise.resolve();

  check(): Promise<string> {
    return Promise.resolve('Wrote a scratch table.');
  }

  ensure(definition: TableDefinition): Promise<MemoryTable> {
    const name = fullName(definition.name);
    const table = this.#tables.get(name) ?? new MemoryTable(this, definition);
    this.#tables.set(name, table);
    return Promise.resolve(table);
  }

  /** A test lets it widen what it likes. */
  widens: Lake['widens'] = () => false;

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  /** The table of this name, which must have been made: `pi.timeseries`. */
  table(name: string): MemoryTable {
    const table = this.#tables.get(name);
    if (table === undefined) throw new ConfigError(`No table ${name} was made.`);
    return table;
  }

  get tableNames(): readonly string[] {
    return [...this.#tables.keys()];
  }
}

/** A table of a lake in memory. */
export class MemoryTable implements LakeTable {
  rows: readonly StoredRow[] = [];
  readonly successors = new Map<number, MemoryTable>();
  #commits: Promise<void> = Promise.resolve();

  constructor(
    private readonly lake: MemoryLake,
    public definition: TableDefinition,
  ) {}

  generations(): Promise<StoredGenerations | undefined> {
    const all = this.rows.map((row) => Number(row['_airbyte_generation_id']));
    if (all.length === 0) return Promise.resolve(undefined);
    return Promise.resolve({min: Math.min(...all), max: Math.max(...all)});
  }

  evolve(wanted: TableDefinition): Promise<void> {
    const isNamed =
      ({name}: Column) =>
      (other: Column): boolean =>
        other.name.toLowerCase() === name.toLowerCase();
    const kept = this.definition.columns.map((column): Column => {
      const {type = column.type, comment} = wanted.columns.find(isNamed(column)) ?? {};
      const isWidened = this.lake.widens(column.type, type);
      return {
        ...column,
        type: isWidened ? type : column.type,
        comment: comment ?? column.comment,
      };
    });
    const added = wanted.columns.filter((column) => !kept.some(isNamed(column)));
    const {origin, unwritable = []} = this.definition;
    this.definition = {...wanted, origin, unwritable, columns: [...kept, ...added]};
    return Promise.resolve();
  }

  append(batch: ColumnBatch): Promise<void> {
    return this.#commit('append', batch, (rows) => {
      this.rows = [...this.rows, ...rows];
    });
  }

  merge(batch: ColumnBatch): Promise<void> {
    return this.#commit('merge', batch, (rows) => {
      const byKey = new Map(this.rows.map((row) => [this.#keyOf(row), row]));
      const {deletion} = this.definition;
      for (const row of rows) {
        const isDeleted = deletion !== undefined && (row[deletion] ?? null) !== null;
        if (isDeleted) byKey.delete(this.#keyOf(row));
        else byKey.set(this.#keyOf(row), row);
      }
      this.rows = [...byKey.values()];
    });
  }

  successor(generation: number): Promise<MemoryTable> {
    const found = this.successors.get(generation);
    this.successors.clear();
    const successor = found ?? new MemoryTable(this.lake, this.definition);
    this.successors.set(generation, successor);
    return Promise.resolve(successor);
  }

  replaceWith(successor: LakeTable): Promise<void> {
    if (!(successor instanceof MemoryTable))
      return Promise.reject(new TypeError('stranger'));
    this.lake.events.push(`replace ${fullName(this.definition.name)}`);
    this.rows = successor.rows;
    this.definition = successor.definition;
    return Promise.resolve();
  }

  finish(): Promise<void> {
    this.lake.events.push(`finish ${fullName(this.definition.name)}`);
    return Promise.resolve();
  }

  column(name: string): readonly (StoredValue | undefined)[] {
    return this.rows.map((row) => row[name]);
  }

  /** In the order of the calls, and nothing behind a commit that failed. */
  #commit(
    kind: string,
    batch: ColumnBatch,
    act: (rows: readonly StoredRow[]) => void,
  ): Promise<void> {
    const event = `${kind} ${fullName(this.definition.name)} ${batch.rows}`;
    const ready = this.lake.beforeCommit(event);
    ready.catch(() => undefined); // told when it is its turn
    this.#commits = this.#commits.then(async () => {
      await ready;
      this.lake.events.push(event);
      act(this.#rowsOf(batch));
    });
    this.#commits.catch(() => undefined); // told to the caller
    return this.#commits;
  }

  /** A batch must have the columns of the table, in its order. */
  #rowsOf(batch: ColumnBatch): readonly StoredRow[] {
    const [asked, stored] = [
      batch.columns.map(({column}) => column),
      this.definition.columns,
    ];
    if (shapeOf(asked) !== shapeOf(stored)) {
      throw new TypeError(`Batch [${shapeOf(asked)}], table [${shapeOf(stored)}]`);
    }
    return storedRows(batch);
  }

  #keyOf(row: StoredRow): string {
    return JSON.stringify(this.definition.key.map((name) => String(row[name] ?? null)));
  }
}

function shapeOf(columns: readonly Column[]): string {
  return columns.map(({name, type}) => `${name} ${type}`).join();
}

function fullName({schema, table}: TableName): string {
  return `${schema}.${table}`;
}
