// Reads a Delta table through DuckDB's delta extension inside Node and leaves the rows in
// a Parquet file: `node read-delta.cjs EXTENSION TABLE FILE`.
const path = require('node:path');

const engines = path.join(__dirname, '..', 'engines');
const duckdb = require(require.resolve('@duckdb/node-api', {paths: [engines]}));

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

async function main([extension, table, file]) {
  const instance = await duckdb.DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run(`LOAD ${quoted(extension)}`);
  await connection.run(
    `COPY (SELECT * FROM delta_scan(${quoted(table)})) TO ${quoted(file)} (FORMAT parquet)`,
  );
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
