import {ConfigError, ConnectorError} from 'airbyte-cdk-ts';

import type {Http} from '../../../http/http';
import type {WarehouseAddress} from '../settings';

/** Whatever the workspace answers, it was reached; 407 is the proxy's word, not its. */
const ANSWERS: readonly number[] = Array.from({length: 400}, (_, i) => 200 + i).filter(
  (status) => status !== 407,
);

const THROUGH_PROXY =
  'The way there leads through the proxy of the configuration, which may be what fails.';

/**
 * The way to the workspace: its name, its port, TLS, the proxy. Rejects with a
 * `ConfigError` that names the part that fails.
 *
 * @param http Without sign-in.
 */
export async function reachWorkspace(
  http: Pick<Http, 'send'>,
  {proxyUrl}: Pick<WarehouseAddress, 'proxyUrl'>,
): Promise<void> {
  try {
    await http.send({method: 'GET', path: '/', accept: ANSWERS});
  } catch (failure) {
    if (!(failure instanceof ConnectorError)) throw failure;
    const through = proxyUrl === undefined ? '' : ` ${THROUGH_PROXY}`;
    throw new ConfigError(
      `The workspace is out of reach. ${failure.message}${through}`,
      {
        details: failure.details,
        cause: failure,
      },
    );
  }
}
