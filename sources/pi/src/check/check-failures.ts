import type {ConnectorError} from 'airbyte-cdk-ts';

import {
  config,
  failureOfRow,
  failureRows,
  type FailureRow,
} from '../transport/sign-in/failure-table';

const TEXTS = {
  SIGN_IN_NOT_OFFERED: config(
    'PI Web API does not accept this way to sign in ({auth_type}); it offers: {offered}. Ask the PI administrator to allow it in the authentication methods of PI Web API, or choose another sign-in.',
  ),
  SIGN_IN_REFUSED: config(
    'PI Web API refused the sign-in. Check user name (DOMAIN\\user) and password, or the token, and that the account is neither locked nor expired.',
  ),
  ANONYMOUS_REFUSED: config(
    'PI Web API does not let everyone in. Choose another sign-in, or ask the PI administrator to allow Anonymous.',
  ),
  ADDRESS_REDIRECTED: config(
    'The server sends us on to another address, which is not followed because the password would travel along. Use that address as base URL if it is the right one.',
  ),
  ADDRESS_NOT_PI: config(
    'There is a web server at the base URL, but no PI Web API. The address normally ends in /piwebapi.',
  ),
  RIGHTS_DATA_SERVER: config(
    'The account was let in but may not list the data servers or their points. Ask the PI administrator for a PI identity mapping and read access to the point database (PIPOINT) of the PI Data Archive.',
  ),
  RIGHTS_POINTS: config(
    'The account was let in but sees no point on {servers}. Ask the PI administrator for read access to the points (PI identity mapping and point security), or name other data servers in the selection.',
  ),
  RIGHTS_ASSETS: config(
    'The account may not read the Asset Framework (AF). Ask the PI administrator for read access to the asset databases.',
  ),
  RIGHTS_BATCH: config(
    'Reading works, but batch requests (POST /batch) are refused. Ask the PI administrator, and whoever runs a proxy in between, to let POST requests to /piwebapi/batch through.',
  ),
  BATCH_ADDRESS: config(
    'Batch requests are accepted, but the request inside was refused although the same request works by itself. If a proxy stands before PI Web API, use the address that PI Web API itself knows.',
  ),
  SELECTION_EMPTY: config(
    'No point fits the name patterns under "Selection". Check their spelling; * stands for any text.',
  ),
} as const;

/** What a check finds behind the door, for the user documentation. */
export const CHECK_FAILURES: readonly FailureRow[] = failureRows(TEXTS);

export function checkFailure(
  id: keyof typeof TEXTS,
  facts: Readonly<Record<string, string>> = {},
): ConnectorError {
  return failureOfRow({id, ...TEXTS[id]}, facts);
}
