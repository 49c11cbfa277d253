/** Column types of the lake. `json` is a string column that holds JSON text. */
export type ColumnType =
  | 'string'
  | 'json'
  | 'boolean'
  | 'bigint'
  | 'double'
  | 'decimal'
  | 'date'
  | 'timestamp'
  | 'timestamp_ntz';

/** A column as it stands in the table. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /**
   * The record's member it is filled from; undefined for the `_airbyte_*` columns. A lake
   * keeps it with the column, so that a member keeps its column when others come whose
   * names differ from it only in case or in forbidden characters.
   */
  readonly member: string | undefined;
  /** What the source says of it, its unit of measure included; a lake shows it to readers. */
  readonly comment?: string | undefined;
  /** The source declares that no record is without it. */
  readonly isRequired?: boolean;
  /**
   * The source declares integers where the column holds doubles: those that a double
   * cannot tell from their neighbours do not fit.
   */
  readonly holdsIntegers?: boolean;
}

/** Full name of a table: `catalog.schema.table`, each part already made safe. */
export interface TableName {
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
}

/**
 * What a stream needs its table to be. Columns begin with the four of Airbyte:
 * `_airbyte_raw_id` (string), `_airbyte_extracted_at` (timestamp), `_airbyte_meta`
 * (json), `_airbyte_generation_id` (bigint).
 */
export interface TableDefinition {
  readonly name: TableName;
  readonly columns: readonly Column[];
  /** Names of the key columns; empty without a key. */
  readonly key: readonly string[];
  /**
   * Identity of the stream the table was made for, kept by the lake as a property of the
   * table and never changed afterwards; undefined where it is not known (a table that
   * somebody else made).
   */
  readonly origin?: string | undefined;
  /** Column whose greater value wins among rows of one key, if the stream has one. */
  readonly cursor: string | undefined;
  /**
   * Column with a value in the rows that say that their key is no more: merged, they take
   * the stored row away and are not stored themselves. Undefined: they are rows like all.
   */
  readonly deletion?: string | undefined;
  /** Columns that stand in the table with types that are never written here. */
  readonly unwritable?: readonly string[];
  /** What the table holds and where that comes from, for readers. */
  readonly comment?: string | undefined;
}
