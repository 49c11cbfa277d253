import type {AnswerMap, AnswerValue} from './engine-answer';

/**
 * What a finished file says about one of its columns. `min` and `max` are the engine's
 * text of the value, and undefined where it knows none that holds for every row (no
 * values, NaN, an unsorted dictionary). Of a long text they are a bound, not the value.
 */
export interface ColumnStatistics {
  readonly nullCount: number;
  readonly min: string | undefined;
  readonly max: string | undefined;
}

/** A Parquet file that is complete, though not yet forced to disk. */
export interface EncodedFile {
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, ColumnStatistics>;
}

/** A row of an answer, each value as the engine writes it. */
export type EngineRow = readonly (string | null)[];

/** Reads what `COPY .. (RETURN_STATS)` answers: one row for the one file written. */
export function encodedFile(row: readonly AnswerValue[]): EncodedFile {
  const [path, rows, bytes, , columns] = row as readonly [
    string,
    string,
    string,
    string,
    ReadonlyMap<string, AnswerMap> | null,
  ];
  const told = [...(columns ?? [])];
  return {
    path,
    rows: Number(rows),
    bytes: Number(bytes),
    columns: new Map(
      told.map(([name, facts]) => [unquoted(name), columnStatistics(facts)]),
    ),
  };
}

function columnStatistics(facts: AnswerMap): ColumnStatistics {
  const text = (name: string): string | undefined =>
    (facts.get(name) as string | null | undefined) ?? undefined;
  const bounded = text('has_nan') !== 'true';
  return {
    nullCount: Number(text('null_count') ?? 0),
    min: bounded ? text('min') : undefined,
    max: bounded ? text('max') : undefined,
  };
}

function unquoted(name: string): string {
  return name.slice(1, -1).replaceAll('""', '"');
}
