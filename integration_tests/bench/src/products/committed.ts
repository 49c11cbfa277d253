import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

import {DuckDBInstance} from '@duckdb/node-api';

interface Action {
  readonly add?: {readonly path: string};
  readonly remove?: {readonly path: string};
}

/**
 * The data files of a Delta table as its commits leave it. Reads every commit from the
 * first, so checkpoints do not matter; nothing vacuums the log of a bench.
 */
export function committedFiles(table: string): readonly string[] {
  const log = join(table, '_delta_log');
  const files = new Set<string>();
  for (const commit of readdirSync(log).sort()) {
    if (!/^\d{20}\.json$/.test(commit)) continue;
    for (const line of readFileSync(join(log, commit), 'utf8').split('\n')) {
      if (line === '') continue;
      const {add, remove} = JSON.parse(line) as Action;
      if (add !== undefined) files.add(join(table, decodeURIComponent(add.path)));
      if (remove !== undefined)
        files.delete(join(table, decodeURIComponent(remove.path)));
    }
  }
  return [...files];
}

/** Rows that a reader of the committed files finds: counted, not taken from statistics. */
export async function committedRows(table: string): Promise<number> {
  const files = committedFiles(table);
  if (files.length === 0) return 0;
  const instance = await DuckDBInstance.create(':memory:', {threads: '1'});
  const connection = await instance.connect();
  const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
  const result = await connection.runAndReadAll(
    `SELECT count(timestamp) FROM read_parquet([${list}])`,
  );
  connection.closeSync();
  instance.closeSync();
  return Number(result.getRows()[0]?.[0]);
}

/** Where destination-unity keeps the table of a bench lake. */
export function timeseriesTable(lake: string): string {
  return join(lake, 'bench', 'pi', 'timeseries');
}
