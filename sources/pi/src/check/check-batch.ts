import {ConfigError, ConnectorError} from 'airbyte-cdk-ts';

import type {PiHttp} from '../client/pi-http';

/** Reading goes by `POST /batch`: some proxies and settings let only GET through. */
export async function checkBatch(pi: PiHttp): Promise<void> {
  const resource = `${pi.baseUrl}/dataservers?selectedFields=Items.Name`;
  try {
    await pi.batch(JSON.stringify({check: {Method: 'GET', Resource: resource}}));
  } catch (thrown) {
    throw explain(thrown);
  }
}

function explain(thrown: unknown): unknown {
  if (!(thrown instanceof ConnectorError)) return thrown;
  const {status} = thrown.details;
  if (typeof status !== 'number' || !REFUSALS.has(status)) return thrown;
  return new ConfigError(
    'Reading works, but batch requests (POST /batch) are refused. Ask the PI administrator, and whoever runs a proxy in between, to let POST requests to /piwebapi/batch through.',
    {details: thrown.details, cause: thrown},
  );
}

const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 405, 415]);
