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

  widens(): boolean {
    return false;
  }

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
    const stored = new Set(this.definition.columns.map(({name}) => name.toLowerCase()));
    const added = wanted.columns.filter(({name}) => !stored.has(name.toLowerCase()));
    const {key, cursor} = wanted;
    const columns = [...this.definition.columns, ...added];
    this.definition = {...this.definition, key, cursor, columns};
    return Promise.resolve();
  }

  async append(batch: ColumnBatch): Promise<void> {
    await this.#tell('append', batch);
    this.rows = [...this.rows, ...this.#rowsOf(batch)];
  }

  async merge(batch: ColumnBatch): Promise<void> {
    await this.#tell('merge', batch);
    const byKey = new Map(this.rows.map((row) => [this.#keyOf(row), row]));
    for (const row of this.#rowsOf(batch)) byKey.set(this.#keyOf(row), row);
    this.rows = [...byKey.values()];
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

  async #tell(kind: string, {rows}: ColumnBatch): Promise<void> {
    const event = `${kind} ${fullName(this.definition.name)} ${rows}`;
    await this.lake.beforeCommit(event);
    this.lake.events.push(event);
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
