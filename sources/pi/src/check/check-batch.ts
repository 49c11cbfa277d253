import {ConfigError, ConnectorError} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type {PiHttp} from '../client/pi-http';

/** Reading goes by `POST /batch`: some proxies and settings let only GET through. */
export async function checkBatch(pi: PiHttp): Promise<void> {
  const resource = `${pi.baseUrl}/dataservers?selectedFields=Items.Name`;
  try {
    const body = await pi.batch(
      JSON.stringify({ask: {Method: 'GET', Resource: resource}}),
    );
    const status = subStatus(body);
    if (status !== 200) throw unusable(status);
  } catch (thrown) {
    throw explain(thrown);
  }
}

function subStatus(body: Buffer): number {
  const answer = BatchAnswer.safeParse(JSON.parse(body.toString('utf8')));
  return answer.success ? answer.data.ask.Status : 0;
}

const BatchAnswer = z.looseObject({ask: z.looseObject({Status: z.int()})});

/** Every sub-request is an absolute URL, which the server may not know as its own. */
function unusable(status: number): ConfigError {
  return new ConfigError(
    'Batch requests are accepted, but the request inside was refused although the same request works by itself. If a proxy stands before PI Web API, use the address that PI Web API itself knows.',
    {details: {sub_status: status}},
  );
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
