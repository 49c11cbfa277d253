import type {IncomingRecord, LineRun} from 'airbyte-cdk-ts';

import type {Column} from '../table/table-definition';
import type {ColumnData} from './column-batch';

/** Columns a table gets with the first row that needs them. */
export interface ExtraColumns {
  /** For what no column could take. */
  readonly rescued: readonly Column[];
  /** For nanoseconds of the key, which they are a part of from then on. */
  readonly key: readonly Column[];
}

/**
 * Rows as columns, not yet in the order of a table, which may gain columns before they
 * are stored.
 */
export interface CollectedRows {
  readonly rows: number;
  /** By column name in lower case. */
  readonly columns: ReadonlyMap<string, ColumnData>;
  /** Columns besides those of the stream, for which some row has a value. */
  readonly extras: ExtraColumns;
}

/** What was met that the user should hear of once. Counts are of rows. */
export interface ReadingNotes {
  /** By member: values that were nulled or shortened. */
  readonly misfits: ReadonlyMap<string, number>;
  /** Some of the members the schema does not declare. */
  readonly undeclared: ReadonlySet<string>;
  readonly rowsWithUndeclared: number;
  /** A key field with a value that did not fit: such rows cannot be told apart. */
  readonly keyMisfit: string | undefined;
}

/** Turns records into columns. The plain one parses; a faster one must equal it. */
export interface RowReader {
  readonly rows: number;
  /** Bytes the column buffers take; texts are not in it. */
  readonly bytes: number;
  readonly notes: ReadingNotes;
  /** @param line The whole RECORD line if the caller has it, for numbers beyond a double. */
  read(record: IncomingRecord, line: string | undefined): void;
  /** Gives the rows away and begins anew. */
  take(): CollectedRows;
}

/** A reader that takes lines as bytes too. */
export interface LineReader extends RowReader {
  /**
   * Reads lines from the beginning of the run on, up to `mostRows` rows in all, and stops
   * before the first that has to be parsed. What was read is counted in the run.
   */
  readLines(run: LineRun, mostRows: number): void;
}
