import {join} from 'node:path';

import {DuckDBInstance} from '@duckdb/node-api';

import {dataFiles} from './delta-log';

/** The data files of a Delta table as its commits leave it. */
export function committedFiles(table: string): readonly string[] {
  return dataFiles(table).map(({path}) => path);
}

/** Rows that a reader of the committed files finds: counted, not taken from statistics. */
export async function committedRows(table: string): Promise<number> {
  return await rowsIn(committedFiles(table));
}

/** Rows of \`timeseries\` in Parquet files. */
export async function rowsIn(files: readonly string[]): Promise<number> {
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
