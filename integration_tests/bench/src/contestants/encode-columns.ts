/**
 * DuckDB's own encoding of the columns that the destination committed: they are loaded
 * into a table in memory, then only the COPY to Parquet is timed, with the destination's
 * settings. `encode-columns OUTPUT INPUT...`; one thread, as the destination's encoder.
 */
import {DuckDBInstance} from '@duckdb/node-api';

/** What encoding the columns took. */
export interface Encoding {
  readonly rows: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

const OPTIONS =
  'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, ROW_GROUP_SIZE 122880';

async function encode(output: string, inputs: readonly string[]): Promise<Encoding> {
  const instance = await DuckDBInstance.create(':memory:', {threads: '1'});
  const connection = await instance.connect();
  const files = inputs.map(quoted).join(', ');
  await connection.run(`CREATE TABLE t AS FROM read_parquet([${files}])`);
  const cpu = process.cpuUsage();
  const started = process.hrtime.bigint();
  const copied = await connection.run(`COPY t TO ${quoted(output)} (${OPTIONS})`);
  const wallSeconds = Number(process.hrtime.bigint() - started) / 1e9;
  const {user, system} = process.cpuUsage(cpu);
  return {rows: copied.rowsChanged, wallSeconds, cpuSeconds: (user + system) / 1e6};
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const [output = '', ...inputs] = process.argv.slice(2);
void encode(output, inputs).then((encoding) => {
  process.stdout.write(JSON.stringify(encoding));
});
