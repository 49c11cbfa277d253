import {ConfigError} from 'airbyte-cdk-ts';

import {fixedToken} from '../../../http/fixed-token';
import type {BearerTokens} from '../../../http/http';
import {openHttp} from '../../../http/open-http';
import type {WarehouseAddress} from '../settings';
import type {Warehouse} from '../warehouse';
import {USER_AGENT} from './driver';
import {ServicePrincipalTokens} from './service-principal-tokens';
import {SessionKeeper} from './session-keeper';
import {SqlWarehouse} from './sql-warehouse';
import type {ConnectionSurroundings} from './surroundings';

/** The warehouse at an address. Nothing is loaded or opened before the first statement. */
export function openWarehouse(
  address: WarehouseAddress,
  surroundings: ConnectionSurroundings,
  tokens: BearerTokens = openTokens(address, surroundings),
): Warehouse {
  const sessions = new SessionKeeper({address, tokens, log: surroundings.log});
  return new SqlWarehouse({
    host: address.host,
    httpPath: pathOf(address.httpPath),
    sessions,
    tokens,
    surroundings,
  });
}

/** As it stands in URLs: with its slash, without its query. */
function pathOf(httpPath: string): string {
  return new URL(httpPath.replace(/^\/?/, '/'), 'https://warehouse').pathname;
}

const TOKEN_PATH = '/oidc/v1/token';

/** The one source of tokens for everything at an address: statements and files. */
export function openTokens(
  address: WarehouseAddress,
  surroundings: ConnectionSurroundings,
): BearerTokens {
  const {authentication, caCertificate, proxyUrl} = address;
  if (authentication.kind === 'token') return fixedToken(authentication.token);
  const {tokenUrl = `${originOf(address)}${TOKEN_PATH}`} = authentication;
  if (!URL.canParse(tokenUrl)) {
    throw new ConfigError(
      'The token URL cannot be read. It is written https://host/path.',
    );
  }
  const {origin, pathname, search} = new URL(tokenUrl);
  const http = openHttp({
    baseUrl: origin,
    caCertificate,
    proxyUrl,
    userAgent: USER_AGENT,
    pace: surroundings,
  });
  return new ServicePrincipalTokens({
    principal: authentication,
    http,
    tokenPath: `${pathname}${search}`,
    nowMs: surroundings.nowMs,
    conceal: surroundings.conceal,
  });
}

/** The workspace's origin: `https://dbc-1.cloud.databricks.com`. */
export function originOf({host, port}: WarehouseAddress): string {
  return port === 443 ? `https://${host}` : `https://${host}:${port}`;
}
