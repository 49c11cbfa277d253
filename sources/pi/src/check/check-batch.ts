import {ConnectorError} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type {PiHttp} from '../client/pi-http';
import {checkFailure} from './check-failures';

/** Reading goes by `POST /batch`: some proxies and settings let only GET through. */
export async function checkBatch(pi: PiHttp): Promise<void> {
  const resource = `${pi.baseUrl}/dataservers?selectedFields=Items.Name`;
  try {
    const body = await pi.batch(
      JSON.stringify({ask: {Method: 'GET', Resource: resource}}),
    );
    const status = subStatus(body);
    // Every sub-request is an absolute URL, which the server may not know as its own.
    if (status !== 200) {
      throw checkFailure('BATCH_ADDRESS', {sub_status: String(status)});
    }
  } catch (thrown) {
    throw explain(thrown);
  }
}

function subStatus(body: Buffer): number {
  const answer = BatchAnswer.safeParse(JSON.parse(body.toString('utf8')));
  return answer.success ? answer.data.ask.Status : 0;
}

const BatchAnswer = z.looseObject({ask: z.looseObject({Status: z.int()})});

function explain(thrown: unknown): unknown {
  if (!(thrown instanceof ConnectorError)) return thrown;
  const {status} = thrown.details;
  if (typeof status !== 'number' || !REFUSALS.has(status)) return thrown;
  return checkFailure('RIGHTS_BATCH');
}

const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 405, 415]);
