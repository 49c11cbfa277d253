import {ConfigError, type Log} from 'airbyte-cdk-ts';

import type {WarehouseAddress} from '../settings';
import type {Warehouse} from '../warehouse';
import {CURRENT_USER} from './check-statements';
import {isDenied} from '../grants';

/**
 * Signs in and waits until the warehouse runs. Answers with who loads, as grants call him;
 * undefined where the warehouse does not tell.
 */
export async function signIn(
  warehouse: Warehouse,
  {host, httpPath}: WarehouseAddress,
  log: Log,
): Promise<string | undefined> {
  log.info(
    `Signing in to the SQL warehouse at ${host}${httpPath}. One that is stopped is started now, which can take minutes.`,
  );
  const outcome = await warehouse.attempt(CURRENT_USER);
  if (outcome.kind === 'done') {
    const principal = outcome.rows[0]?.['principal'];
    return typeof principal === 'string' ? principal : undefined;
  }
  const {refusal} = outcome;
  const advice = isDenied(refusal)
    ? 'In the workspace, under SQL Warehouses, its Permissions give CAN USE to the principal.'
    : 'Check that the path is that of a running SQL warehouse with Unity Catalog.';
  throw new ConfigError(
    `The SQL warehouse at ${httpPath} refuses to work: ${refusal.message} ${advice}`,
  );
}
