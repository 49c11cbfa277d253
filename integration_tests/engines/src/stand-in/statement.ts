import type {Answer} from '../wire/answers/answer';
import type {Volumes} from '../wire/storage/volumes';
import type {Engine, Query} from './engine';
import type {SqlReader} from './sql-reader';
import type {StandInTable, Tables} from './tables';

/** What happened to the rows of a table. */
export interface Commit {
  readonly kind: 'copy' | 'merge' | 'overwrite' | 'drop';
  readonly table: StandInTable;
  /** Where the loaded files lie on disk. */
  readonly files: readonly string[];
}

/** What statements work on. */
export interface StandInParts {
  readonly engine: Engine;
  readonly tables: Tables;
  readonly volumes: Volumes;
  /**
   * Awaited when a load has begun and nobody can see anything of it yet. What it rejects
   * with is what the statement fails with.
   */
  readonly beforeCommit: (commit: Commit) => Promise<void>;
  /** Awaited when readers see the effect and whoever sent the statement has no answer. */
  readonly onCommit: (commit: Commit, query: Query) => Promise<void>;
}

/** One of the statements that the stand-in knows: what it begins with, and what it does. */
export interface Shape {
  readonly phrase: string;
  /** Reads what follows the phrase and carries it out. Refusals are `SqlError`s. */
  readonly run: (reader: SqlReader, parts: StandInParts) => Promise<Answer> | Answer;
}

/** A shape by its parts. */
export function shape(phrase: string, run: Shape['run']): Shape {
  return {phrase, run};
}
