/** A name for the engine's SQL, whatever characters it holds. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal for the engine's SQL; it knows no escapes but the doubled quote. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A list of text literals: `['a', 'b']`. */
export function literals(texts: readonly string[]): string {
  return `[${texts.map(literal).join(', ')}]`;
}

/** The query whose rows are the texts of another's values, in the same order. */
export function asTexts(select: string): string {
  return `SELECT COLUMNS(*)::VARCHAR FROM (${select})`;
}

/** How every Parquet file of a lake is written; V1 pages are read by every engine. */
const PARQUET_OPTIONS =
  'FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v1, RETURN_STATS';

/** Level 2: files a tenth larger than by 3, and a load some 7 % sooner done. */
const COMPRESSION_LEVELS = {quick: 2, small: 3};

export interface FileOptions {
  readonly rowGroupRows: number;
  /** Quick while rows arrive, small where they are written anew to stay. */
  readonly compression: keyof typeof COMPRESSION_LEVELS;
  /** Dictionaries hold one entry for 0.0 and -0.0. */
  readonly hasDictionaries: boolean;
}

/** The statement that writes a query's rows to a file and tells its statistics. */
export function copyTo(
  select: string,
  path: string,
  {rowGroupRows, hasDictionaries, compression}: FileOptions,
): string {
  const dictionaries = hasDictionaries ? '' : ', DICTIONARY_SIZE_LIMIT 0';
  const options =
    `${PARQUET_OPTIONS}, COMPRESSION_LEVEL ${COMPRESSION_LEVELS[compression]}, ` +
    `ROW_GROUP_SIZE ${rowGroupRows}${dictionaries}`;
  return `COPY (${select}) TO ${literal(path)} (${options})`;
}
