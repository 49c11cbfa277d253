// A live workspace, named by the environment.
const VARIABLES = {
  host: 'DATABRICKS_HOST',
  httpPath: 'DATABRICKS_HTTP_PATH',
  token: 'DATABRICKS_TOKEN',
  catalog: 'DATABRICKS_CATALOG',
};

function openDatabricks() {
  const missing = Object.values(VARIABLES).filter((name) => !process.env[name]);
  if (missing.length > 0) return {notRun: `set ${missing.join(', ')}`};
  const setting = Object.fromEntries(
    Object.entries(VARIABLES).map(([member, name]) => [member, process.env[name]]),
  );
  return {
    description: `a Databricks workspace, ${setting.host}`,
    setting: {name: 'databricks', port: 443, ...setting},
    close: () => undefined,
  };
}

module.exports = {openDatabricks};
