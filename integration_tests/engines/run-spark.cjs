// Real Spark and Delta behind the bridge; not Databricks, and never called so.
const {isAllowed} = require('./lib/bridge/allow-list.js');
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
      const statements = warehouse.statements();
      tellStatements(statements);
      await warehouse.stop();
      return strangersAmong(statements);
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

/** How many were put differently without being on the list; each is a failure. */
function strangersAmong(statements) {
  const strangers = statements.filter((entry) => !isAllowed(entry));
  for (const {statement} of strangers)
    process.stdout.write(
      `not on the list of what the bridge may change: ${statement}\n`,
    );
  return strangers.length;
}

module.exports = {openSpark};
