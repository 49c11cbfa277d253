import {ConnectorError} from 'airbyte-cdk-ts';

import type {PiHttp} from '../client/pi-http';
import {selectDatabases} from '../selection/select-databases';
import {checkFailure} from './check-failures';

/**
 * What the account sees of the Asset Framework, in a sentence.
 *
 * Many plants want points alone, so that no access to assets is no failure, unless asset
 * databases are named in the selection; it is told, for `af_elements` and `event_frames`
 * would fail.
 */
export async function checkAssets(
  pi: PiHttp,
  wanted: readonly string[],
): Promise<string> {
  try {
    const databases = await selectDatabases(pi, wanted);
    return `Asset databases: ${databases.map(({name}) => name).join(', ')}.`;
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    const failure = explain(thrown);
    if (wanted.length > 0) throw failure;
    return `Asset databases: none (${failure.message}) The streams af_elements and event_frames cannot be read.`;
  }
}

function explain(failure: ConnectorError): ConnectorError {
  return failure.details['status'] === 403 ? checkFailure('RIGHTS_ASSETS') : failure;
}
