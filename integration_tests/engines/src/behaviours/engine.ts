/** The engines that keep the same promises. */
type EngineName = 'local' | 'spark' | 'databricks';

/** A table by schema and name; the catalog is the engine's. */
export interface TableAt {
  readonly schema: string;
  readonly table: string;
}

/**
 * A stored value as text, the same for every engine: numbers in their shortest digits
 * (`-0`, `1e-308`, `NaN`), decimals with all nine decimals, timestamps as
 * `2026-03-01T06:07:08.123456Z` (without zone: without `Z`), dates as `2026-03-01`, booleans
 * as `true` and `false`, texts and JSON texts as they stand. NULL is null.
 */
export type Cell = string | null;

/** Types of columns in the words of the destination; engines cannot tell JSON from text. */
export type StoredType =
  | 'string'
  | 'variant'
  | 'boolean'
  | 'bigint'
  | 'double'
  | 'decimal'
  | 'date'
  | 'timestamp'
  | 'timestamp_ntz';

export interface StoredColumn {
  readonly name: string;
  readonly type: StoredType;
  readonly comment: string | undefined;
}

/** In what the engines differ on purpose. */
interface Capabilities {
  /** Changes of type, as `date>timestamp_ntz`, that keep the column. */
  readonly widenings: ReadonlySet<string>;
}

/**
 * A lake that the destination writes, seen through a reader that the destination has no
 * part in.
 */
export interface Engine {
  readonly name: EngineName;
  readonly capabilities: Capabilities;

  /** Configuration of the destination with this default schema. */
  configuration(schema: string): Readonly<Record<string, unknown>>;

  /** The named columns of every row, in any order. Rejects where there is no table. */
  rows(at: TableAt, columns: readonly string[]): Promise<readonly (readonly Cell[])[]>;

  /** Columns in the order of the table. Rejects where there is no table. */
  columns(at: TableAt): Promise<readonly StoredColumn[]>;

  /** What the table says of itself. */
  comment(at: TableAt): Promise<string | undefined>;

  /** Names of the schema's tables that readers come upon, sorted. */
  tables(schema: string): Promise<readonly string[]>;

  /** Everything in the schema, tables in the making and staged files included. */
  leftovers(schema: string): Promise<readonly string[]>;

  /** Runs a statement as a user would; rejects where the engine has no SQL. */
  run(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;

  drop(schema: string): Promise<void>;

  close(): Promise<void>;
}
