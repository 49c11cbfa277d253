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

/** An answer of the engine in the JSON form of its values. */
export type EngineRow = readonly unknown[];

interface Entry<Value> {
  readonly key: string;
  readonly value: Value;
}

/** Reads what `COPY .. (RETURN_STATS)` answers: one row for the one file written. */
export function encodedFile(row: EngineRow): EncodedFile {
  const [path, rows, bytes, , columns] = row as readonly [
    string,
    string,
    string,
    string,
    readonly Entry<readonly Entry<string>[]>[] | null,
  ];
  return {
    path,
    rows: Number(rows),
    bytes: Number(bytes),
    columns: new Map(
      (columns ?? []).map(({key, value}) => [unquoted(key), columnStatistics(value)]),
    ),
  };
}

function columnStatistics(entries: readonly Entry<string>[]): ColumnStatistics {
  const facts = new Map(entries.map(({key, value}) => [key, value]));
  const bounded = facts.get('has_nan') !== 'true';
  return {
    nullCount: Number(facts.get('null_count') ?? 0),
    min: bounded ? facts.get('min') : undefined,
    max: bounded ? facts.get('max') : undefined,
  };
}

function unquoted(name: string): string {
  return name.slice(1, -1).replaceAll('""', '"');
}
