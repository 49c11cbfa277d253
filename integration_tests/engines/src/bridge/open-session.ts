import {
  TProtocolVersion,
  type TSessionHandle,
} from '@databricks/sql/thrift/TCLIService_types';

import {textLiteral, type Namespace} from '../wire';
import {isRefused, refused, type SparkServer} from './spark-server';

/** The catalog that Spark's sessions begin in. */
export const DEFAULT_CATALOG = 'main';

/**
 * A session of Spark in a namespace, with settings of its own. Spark knows neither the
 * version of the protocol that the driver speaks nor a session's first catalog.
 */
export async function openSession(
  spark: SparkServer,
  {catalog, schema}: Namespace,
  settings: Readonly<Record<string, string>>,
): Promise<TSessionHandle> {
  const configuration = Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`set:hiveconf:${key}`, value]),
  );
  const {status, sessionHandle} = await spark.call('OpenSession', {
    client_protocol: TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10,
    username: 'bridge',
    configuration: {...configuration, 'use:database': schema},
  });
  if (isRefused(status) || !sessionHandle) throw refused(status);
  if (catalog !== DEFAULT_CATALOG)
    await spark.run(sessionHandle, `SET CATALOG ${textLiteral(catalog)}`);
  return sessionHandle;
}
