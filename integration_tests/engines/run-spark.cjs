// Real Spark and Delta behind the bridge; not Databricks, and never called so.
const {startSparkWarehouse} = require('./lib/spark/spark-warehouse.js');

async function openSpark() {
  const {host, port, httpPath, token, caCertificate, ...warehouse} =
    await startSparkWarehouse();
  return {
    description: 'Spark and Delta behind a bridge, read by SQL',
    setting: {
      name: 'spark',
      catalog: 'main',
      host,
      port,
      httpPath,
      token,
      caCertificate,
    },
    close: async () => {
      tellStatements(warehouse.statements());
      await warehouse.stop();
    },
  };
}

/** How many statements reached Spark as they were sent. */
function tellStatements(statements) {
  const counts = new Map();
  for (const {treatment} of statements)
    counts.set(treatment, (counts.get(treatment) ?? 0) + 1);
  const told = [...counts].map(([treatment, count]) => `${count} ${treatment}`);
  process.stdout.write(`statements: ${told.join(', ')}\n`);
}

module.exports = {openSpark};
