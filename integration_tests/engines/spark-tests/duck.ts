import {DuckDBInstance} from '@duckdb/node-api';

/** Writes the rows of a query to a Parquet file as the destination encodes its batches. */
export async function writeParquet(query: string, file: string): Promise<void> {
  await ask(`COPY (${query}) TO '${file}' ${FORMAT}`);
}

/** The rows of a query, all values as text. */
export async function ask(query: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:', {threads: '1'});
  const connection = await instance.connect();
  try {
    await connection.run(`SET TimeZone = 'UTC'`);
    return (await connection.runAndReadAll(query)).getRowObjects();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const FORMAT = '(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V1)';
