import type {RowShape} from '../../parquet/encoder-protocol';
import type {ParquetEncoder} from '../../parquet/parquet-encoder';
import {identifier, literals} from '../../parquet/engine-sql';
import type {Surroundings} from './surroundings';

/** What a data file's own footer says about its size. */
export interface MeasuredFile {
  readonly path: string;
  readonly rows: number;
  /** Uncompressed, as the file encodes its values. */
  readonly rawBytes: number;
  /** Rows of its largest row group; undefined where all its rows are one. */
  readonly groupRows: number | undefined;
  /** Some number in it is -0.0. */
  readonly hasNegativeZeros: boolean;
}

/** Measures files in the given order; those without rows are left out. */
export async function measureFiles(
  paths: readonly string[],
  {encoder}: Surroundings,
): Promise<MeasuredFile[]> {
  const zeros = await filesWithNegativeZeros(paths, encoder);
  const rows = await encoder.query(
    'SELECT file_name, sum(rows)::BIGINT, sum(bytes)::BIGINT, max(rows)::BIGINT, ' +
      'count(*)::BIGINT FROM (SELECT file_name, row_group_id, ' +
      'any_value(row_group_num_rows) AS rows, sum(total_uncompressed_size) AS bytes ' +
      `FROM parquet_metadata(${literals(paths)}) GROUP BY ALL) GROUP BY file_name`,
  );
  const measured = rows.map(([path, count, bytes, groupRows, groups]) => ({
    path: String(path),
    rows: Number(count),
    rawBytes: Number(bytes),
    groupRows: Number(groups) > 1 ? Number(groupRows) : undefined,
    hasNegativeZeros: zeros.has(String(path)),
  }));
  return paths.flatMap((path) => measured.find((file) => file.path === path) ?? []);
}

/** Row groups without a zero are passed over by their statistics. */
async function filesWithNegativeZeros(
  paths: readonly string[],
  encoder: ParquetEncoder,
): Promise<ReadonlySet<string>> {
  const columns = await encoder.query(
    `SELECT DISTINCT name FROM parquet_schema(${literals(paths)}) ` +
      "WHERE type IN ('DOUBLE', 'FLOAT')",
  );
  if (columns.length === 0) return new Set();
  const isNegativeZero = columns.map(([name]) => {
    const column = identifier(String(name));
    return `(${column} = 0 AND signbit(${column}))`;
  });
  const found = await encoder.query(
    'SELECT DISTINCT filename FROM ' +
      `read_parquet(${literals(paths)}, union_by_name = true, filename = true) ` +
      `WHERE ${isNegativeZero.join(' OR ')}`,
  );
  return new Set(found.map(([path]) => String(path)));
}

/** Rows and bytes of several files. */
export function total(files: readonly MeasuredFile[]): {
  rows: number;
  rawBytes: number;
} {
  return {
    rows: files.reduce((sum, {rows}) => sum + rows, 0),
    rawBytes: files.reduce((sum, {rawBytes}) => sum + rawBytes, 0),
  };
}

/**
 * The shape of the rows of several files. Where a file's rows had to be divided into
 * small row groups, memory will not hold larger ones of the same rows.
 */
export function jointShape(files: readonly MeasuredFile[]): RowShape {
  const {rows, rawBytes} = total(files);
  const rowBytes = rawBytes / Math.max(1, rows);
  const divided = files.flatMap(({groupRows}) => groupRows ?? []);
  const hasNegativeZeros = files.some((file) => file.hasNegativeZeros);
  return divided.length === 0
    ? {rowBytes, hasNegativeZeros}
    : {rowBytes, hasNegativeZeros, maxGroupRows: Math.min(...divided)};
}
