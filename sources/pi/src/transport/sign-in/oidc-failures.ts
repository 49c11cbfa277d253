import type {ConnectorError} from 'airbyte-cdk-ts';

import {
  config,
  failureOfRow,
  failureRows,
  transient,
  type FailureRow,
} from './failure-table';

const TEXTS = {
  OIDC_PROVIDER_UNREACHABLE: transient(
    'There is no token, because the OpenID provider {host} was not reached. {because} Check its address, and ask its administrator and the network team.',
  ),
  OIDC_PROVIDER_NOT_TRUSTED: config(
    'There is no token, because no safe connection to the OpenID provider {host} can be made. {because}',
  ),
  OIDC_PROVIDER_FAILED: transient(
    'The OpenID provider {host} answered {answered} instead of a token: it is overloaded or out of order. Ask its administrator if this lasts.',
  ),
  OIDC_CLIENT_REFUSED: config(
    'The OpenID provider {host} refused the client. Check "Client" and "Client secret", whether the secret has expired, and whether it is to be sent in the header or in the body.',
  ),
  OIDC_GRANT_NOT_ALLOWED: config(
    'The OpenID provider {host} issues no tokens to this client itself. Ask its administrator whether the client is registered there and may use the grant "client credentials".',
  ),
  OIDC_SCOPE_REFUSED: config(
    'The OpenID provider {host} does not know the scope, or does not allow it to this client. Check "Scope"; for AVEVA Identity Manager it is: system.',
  ),
  OIDC_SCOPE_NOT_GRANTED: config(
    'The OpenID provider {host} issued a token without all that was asked for: {missing} is missing. Have it granted to the client, or take it out of "Scope".',
  ),
  OIDC_AUDIENCE_REFUSED: config(
    'The OpenID provider {host} issues no tokens for this audience. Check "Audience"; many providers want it empty.',
  ),
  OIDC_REQUEST_REFUSED: config(
    'The OpenID provider {host} refused to issue a token, with {answered}. Its administrator finds the reason in its log.',
  ),
  OIDC_ADDRESS_WRONG: config(
    'No tokens are issued at {address}: {host} answered {answered}. Check "Token address", or leave it empty and fill in "Issuer address".',
  ),
  OIDC_REDIRECTED: config(
    '{host} sends requests for {address} on to another address, which is not followed because the client secret would travel along. Fill in the address that is meant.',
  ),
  OIDC_NOT_JSON: config(
    'What {host} answered at {address} is no token but something else, such as a page to sign in. Check "Token address" and "Issuer address", and whether a proxy stands in between.',
  ),
  OIDC_NO_ACCESS_TOKEN: config(
    'The OpenID provider {host} answered without an access token that can be sent. Ask its administrator what the grant "client credentials" returns for this client.',
  ),
  OIDC_TOKEN_TYPE: config(
    'The OpenID provider {host} issued a token of another kind than "Bearer", which PI Web API does not take. Ask its administrator for bearer tokens for this client.',
  ),
  OIDC_NO_DISCOVERY: config(
    '{host} does not tell where tokens are issued: it answered {answered} at {address}. Check "Issuer address", or fill in "Token address".',
  ),
  OIDC_NO_TOKEN_ADDRESS: config(
    'What {host} publishes at {address} names no address where tokens are issued. Check "Issuer address", or fill in "Token address".',
  ),
  OIDC_TOKEN_ADDRESS_UNSAFE: config(
    '{host} names an address for tokens to which the client secret is not sent: it is of another server, and it or the address that names it is not https. Have it corrected there, or fill in "Token address".',
  ),
  OIDC_TOKEN_REFUSED: config(
    'PI Web API refused the token that the OpenID provider {host} had just issued. The client must be mapped to an identity in AF and in the data archive, "Scope" and "Audience" must be those of PI Web API, and the clocks of both must agree.',
  ),
  OIDC_BEARER_NOT_OFFERED: config(
    'PI Web API takes no tokens, but offers: {offered}. Ask the PI administrator to turn on the authentication method Bearer, or choose another sign-in.',
  ),
} as const;

/** Every way in which signing in by tokens fails, for the user documentation. */
export const OIDC_FAILURES: readonly FailureRow[] = failureRows(TEXTS);

export type OidcFailureId = keyof typeof TEXTS;

export function oidcFailure(
  id: OidcFailureId,
  facts: Readonly<Record<string, string>>,
): ConnectorError {
  return failureOfRow({id, ...TEXTS[id]}, facts);
}
