import {literals} from '../../parquet/engine-sql';
import type {StoredGenerations} from '../lake';
import type {AddFile} from './actions';
import {dataFilePath} from './data-file';
import type {DeltaTable} from './delta-table';
import {fileStatistics} from './statistics';
import type {Surroundings} from './surroundings';

const GENERATION = '_airbyte_generation_id';

/**
 * The least and greatest generation of the stored rows, from the files' statistics, or
 * from the files themselves where those are silent. Rows without one count as 0.
 */
export async function storedGenerations(
  {folder, snapshot}: DeltaTable,
  {encoder}: Surroundings,
): Promise<StoredGenerations | undefined> {
  const found: StoredGenerations[] = [];
  const silent: string[] = [];
  for (const file of snapshot.files.values()) {
    const told = toldGenerations(file);
    if (told === undefined) silent.push(dataFilePath(folder, file));
    else if (told !== 'no rows') found.push(told);
  }
  if (silent.length > 0) {
    const [row] = await encoder.query(generationsIn(silent));
    if (row?.[0] != null) found.push({min: Number(row[0]), max: Number(row[1])});
  }
  if (found.length === 0) return undefined;
  return found.reduce((a, b) => ({
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  }));
}

function toldGenerations(file: AddFile): StoredGenerations | 'no rows' | undefined {
  const statistics = fileStatistics(file.stats) ?? {};
  if (statistics.numRecords === 0) return 'no rows';
  const [nulls, min, max] = [
    statistics.nullCount,
    statistics.minValues,
    statistics.maxValues,
  ].map((told) => told?.[GENERATION]);
  const isTold = nulls === 0 && typeof min === 'number' && typeof max === 'number';
  return isTold ? {min, max} : undefined;
}

function generationsIn(files: readonly string[]): string {
  const generation = `coalesce(${GENERATION}, 0)`;
  return (
    `SELECT min(${generation}), max(${generation}) FROM (` +
    `SELECT NULL::BIGINT AS ${GENERATION} WHERE false UNION ALL BY NAME ` +
    `SELECT * FROM read_parquet(${literals(files)}, union_by_name = true))`
  );
}
