import type {ColumnBatch} from '../rows/column-batch';
import type {ColumnType, TableDefinition} from '../table/table-definition';

/** The generations of the rows a table holds now; undefined for a table without rows. */
export interface StoredGenerations {
  readonly min: number;
  readonly max: number;
}

/**
 * A place where tables live, whatever stands behind it. Every method that resolves has
 * made its effect durable and visible to readers.
 */
export interface Lake {
  /**
   * Does for real, on a scratch table, what a sync will do, and takes it away again.
   * Rejects with a `ConfigError` that names what is missing and where.
   */
  check(): Promise<string>;

  /** Whether `evolve` can change a column's type without rewriting the rows stored. */
  widens(from: ColumnType, to: ColumnType): boolean;

  /**
   * Opens a table, creating it (its schema included) where it is absent. A table that
   * exists keeps its columns, comments and key; what it lacks is for `evolve` to add.
   */
  ensure(definition: TableDefinition): Promise<LakeTable>;

  /**
   * Told when states were written: every commit acknowledged by now is known outside, so
   * what served only to repeat it may go. Never rejects, never waited for.
   */
  statesOut?(): void;

  /** Frees what the lake holds, what `statesOut` left included. */
  close(): Promise<void>;
}

/** One table of a lake, used by one stream of one sync. */
export interface LakeTable {
  /** The columns as they stand in the table, which may be more than asked for. */
  readonly definition: TableDefinition;

  /**
   * Told when the first rows are collected: what stores them may be made ready meanwhile.
   * Never waited for, and may come more than once.
   */
  expectRows?(): void;

  /**
   * Rows that a client sent may still arrive when that client is gone, as a warehouse ends
   * what it has begun.
   */
  readonly mayGainLateRows?: boolean;

  /** Generations of the stored rows, over the whole table, never from a sample. */
  generations(): Promise<StoredGenerations | undefined>;

  /**
   * Adds the columns the table lacks and widens those whose type differs; the caller asks
   * only for what `Lake.widens` allows and converts to what `definition` says afterwards.
   * Comments that differ from those wanted are brought up to date.
   */
  evolve(wanted: TableDefinition): Promise<void>;

  /**
   * Adds the rows of the batch. May be called before an earlier call has resolved:
   * batches are committed in the order in which they were handed over.
   */
  append(batch: ColumnBatch): Promise<void>;

  /**
   * Adds the rows of the batch and takes away the stored rows with the same key. Of
   * several rows with one key the one with the greatest cursor stays, then the one
   * extracted last, then the later one. Keys are compared NULL-safe. A row that stays and
   * has a value in the definition's `deletion` takes its key out of the table.
   */
  merge(batch: ColumnBatch): Promise<void>;

  /**
   * A second table for rows that are to replace what is stored, invisible under this
   * table's name until `replaceWith`. One that an interrupted attempt left behind under
   * the same number is continued; any other is discarded.
   */
  successor(number: number): Promise<LakeTable>;

  /** In one step, readers see the successor's rows instead of the present ones. */
  replaceWith(successor: LakeTable): Promise<void>;

  /** After the stream's last row: what the table needs once a sync, such as compaction. */
  finish(): Promise<void>;
}
