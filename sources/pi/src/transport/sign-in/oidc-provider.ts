import type {ConnectorError} from 'airbyte-cdk-ts';

import {clientProof, formEncoded} from './oidc-client-proof';
import {oidcFailure, type OidcFailureId} from './oidc-failures';
import type {OidcHttp, ProviderAnswer} from './oidc-http';

/** A client that is registered with a provider, as the configuration has it. */
export interface OidcCredentials {
  /** Undefined: as the issuer publishes it. */
  readonly token_url?: string | undefined;
  /** Undefined as well: PI Web API is asked. */
  readonly issuer_url?: string | undefined;
  readonly client_id: string;
  readonly client_secret: string;
  /** Several are divided by blanks. */
  readonly scope?: string | undefined;
  readonly audience?: string | undefined;
  /** Where the secret is shown. */
  readonly client_authentication: 'header' | 'body';
}

export interface IssuedToken {
  readonly text: string;
  readonly lifeMs: number;
}

export interface OidcProviderOptions {
  readonly credentials: OidcCredentials;
  /** Of PI Web API, without a trailing slash. */
  readonly baseUrl: string;
  readonly http: OidcHttp;
}

const DISCOVERY = '/.well-known/openid-configuration';
/** Where the provider does not say how long a token lives. */
const USUAL_LIFE_MS = 300_000;
const MOST_SHOWN = 300;
/** What may stand in a header behind `Bearer`. */
const SENDABLE = /^[\x21-\x7e]+$/;

/** An OpenID provider that issues tokens to the connector as a client of its own. */
export class OidcProvider {
  readonly #options: OidcProviderOptions;
  #tokenUrl: string | undefined;

  constructor(options: OidcProviderOptions) {
    this.#options = options;
    this.#tokenUrl = options.credentials.token_url;
  }

  /** Who issues the tokens, as far as it is known. */
  get host(): string {
    const {credentials, baseUrl} = this.#options;
    return new URL(this.#tokenUrl ?? credentials.issuer_url ?? baseUrl).host;
  }

  /**
   * Asks for a token by the grant "client credentials" (RFC 6749 4.4). Rejects with a row
   * of `OIDC_FAILURES`.
   *
   * An audience is sent as `audience`, as Auth0 and Keycloak want it, and, where it is an
   * absolute address, also as `resource` (RFC 8707, AD FS). Entra's v2 endpoint refuses
   * `resource`, and AVEVA Identity Manager needs neither: both go by the scope.
   */
  async issue(): Promise<IssuedToken> {
    const address = (this.#tokenUrl ??= await this.#discovered());
    const answer = await this.#options.http.send({
      method: 'POST',
      url: address,
      ...tokenRequest(this.#options.credentials),
    });
    if (answer.status !== 200) throw this.#refused(answer, address);
    return this.#issued(answer, address);
  }

  async #discovered(): Promise<string> {
    const {credentials, baseUrl, http} = this.#options;
    const publisher = credentials.issuer_url ?? baseUrl;
    const url = `${publisher.replace(/\/+$/, '')}${DISCOVERY}`;
    const {host} = new URL(url);
    const answer = await http.send({method: 'GET', url});
    const {status} = answer;
    const facts = {host, address: shown(url), answered: String(status)};
    if (isPassing(status)) throw oidcFailure('OIDC_PROVIDER_FAILED', facts);
    if (isRedirect(status)) throw oidcFailure('OIDC_REDIRECTED', facts);
    if (status !== 200) throw oidcFailure('OIDC_NO_DISCOVERY', facts);
    const endpoint = addressIn(objectIn(answer.text)?.['token_endpoint']);
    if (endpoint === undefined) throw oidcFailure('OIDC_NO_TOKEN_ADDRESS', facts);
    if (!isSafe(endpoint, new URL(url))) {
      throw oidcFailure('OIDC_TOKEN_ADDRESS_UNSAFE', {host, named: endpoint.origin});
    }
    return endpoint.href;
  }

  #issued({text}: ProviderAnswer, address: string): IssuedToken {
    const {host} = new URL(address);
    const fields = objectIn(text);
    if (fields === undefined) {
      throw oidcFailure('OIDC_NOT_JSON', {host, address: shown(address)});
    }
    const {access_token: token, token_type: type, expires_in: life, scope} = fields;
    if (typeof token !== 'string' || !SENDABLE.test(token)) {
      throw oidcFailure('OIDC_NO_ACCESS_TOKEN', {host});
    }
    if (!isBearer(type)) throw oidcFailure('OIDC_TOKEN_TYPE', {host});
    const missing = missingScopes(this.#options.credentials.scope, scope);
    if (missing !== '') throw oidcFailure('OIDC_SCOPE_NOT_GRANTED', {host, missing});
    return {text: token, lifeMs: lifeMs(life)};
  }

  #refused({status, text}: ProviderAnswer, address: string): ConnectorError {
    const {host} = new URL(address);
    const fields = objectIn(text);
    const id = refusalOf(status, fields?.['error']);
    // A discovered address may have moved: it is asked for again next time.
    this.#tokenUrl = this.#options.credentials.token_url;
    const said = this.#said(fields);
    const facts = {host, address: shown(address), answered: String(status)};
    return oidcFailure(id, {...facts, said});
  }

  /** The provider's own words, which may repeat what it was sent. */
  #said(fields: Fields | undefined): string {
    const {client_secret: secret} = this.#options.credentials;
    const words = [fields?.['error'], fields?.['error_description']]
      .filter((part) => typeof part === 'string')
      .join(': ');
    const secrets = [
      secret,
      formEncoded(secret),
      clientProof(this.#options.credentials),
    ];
    return secrets
      .reduce((said, hidden) => said.replaceAll(hidden, '****'), words)
      .replaceAll(/[\s\p{Cc}]+/gu, ' ')
      .slice(0, MOST_SHOWN);
  }
}

/** Without what may stand before the host, or behind the path. */
function shown(address: string): string {
  const {origin, pathname} = new URL(address);
  return `${origin}${pathname}`;
}

type Fields = Readonly<Record<string, unknown>>;

function tokenRequest(credentials: OidcCredentials): {
  readonly form: string;
  readonly authorization?: string;
} {
  const {scope, audience, client_authentication: where} = credentials;
  const form = new URLSearchParams({grant_type: 'client_credentials'});
  if (scope !== undefined) form.set('scope', scope);
  if (audience !== undefined) form.set('audience', audience);
  if (audience !== undefined && isResource(audience)) form.set('resource', audience);
  if (where === 'header') {
    return {form: form.toString(), authorization: `Basic ${clientProof(credentials)}`};
  }
  form.set('client_id', credentials.client_id);
  form.set('client_secret', credentials.client_secret);
  return {form: form.toString()};
}

/** RFC 8707 2: an absolute address without a fragment. */
function isResource(audience: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s#]+$/.test(audience);
}

const REFUSALS: ReadonlyMap<unknown, OidcFailureId> = new Map<string, OidcFailureId>([
  ['invalid_client', 'OIDC_CLIENT_REFUSED'],
  ['unauthorized_client', 'OIDC_GRANT_NOT_ALLOWED'],
  ['unsupported_grant_type', 'OIDC_GRANT_NOT_ALLOWED'],
  ['invalid_scope', 'OIDC_SCOPE_REFUSED'],
  ['invalid_target', 'OIDC_AUDIENCE_REFUSED'],
  ['invalid_resource', 'OIDC_AUDIENCE_REFUSED'],
  ['temporarily_unavailable', 'OIDC_PROVIDER_FAILED'],
  ['server_error', 'OIDC_PROVIDER_FAILED'],
]);

function refusalOf(status: number, error: unknown): OidcFailureId {
  if (isPassing(status)) return 'OIDC_PROVIDER_FAILED';
  const named = REFUSALS.get(error);
  if (named !== undefined) return named;
  if (isRedirect(status)) return 'OIDC_REDIRECTED';
  if (status < 300) return 'OIDC_NOT_JSON';
  if (typeof error === 'string') return 'OIDC_REQUEST_REFUSED';
  return BARE_REFUSALS.get(status) ?? 'OIDC_REQUEST_REFUSED';
}

const BARE_REFUSALS: ReadonlyMap<number, OidcFailureId> = new Map([
  [401, 'OIDC_CLIENT_REFUSED'],
  [404, 'OIDC_ADDRESS_WRONG'],
  [405, 'OIDC_ADDRESS_WRONG'],
  [410, 'OIDC_ADDRESS_WRONG'],
]);

function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function addressIn(named: unknown): URL | undefined {
  if (typeof named !== 'string' || !URL.canParse(named)) return undefined;
  const address = new URL(named);
  return /^https?:$/.test(address.protocol) ? address : undefined;
}

/**
 * Only what came over https may send the secret to another server, and only by https:
 * anybody on the way could have written the rest.
 */
function isSafe(endpoint: URL, asked: URL): boolean {
  const isBySecureWay = [endpoint, asked].every(({protocol}) => protocol === 'https:');
  return isBySecureWay || endpoint.origin === asked.origin;
}

function isBearer(type: unknown): boolean {
  if (type === undefined) return true;
  return typeof type === 'string' && type.toLowerCase() === 'bearer';
}

/**
 * What was asked for and not granted. Without a word of the provider all was granted
 * (RFC 6749 5.1); Entra's `/.default` stands for whatever an administrator has granted.
 */
function missingScopes(asked: string | undefined, granted: unknown): string {
  if (asked === undefined || typeof granted !== 'string') return '';
  const has = new Set(granted.split(/\s+/));
  return asked
    .split(/\s+/)
    .filter((scope) => scope !== '' && !scope.endsWith('/.default') && !has.has(scope))
    .join(' ');
}

function lifeMs(seconds: unknown): number {
  const ms = Number(seconds ?? Number.NaN) * 1000;
  return Number.isFinite(ms) && ms > 0 ? ms : USUAL_LIFE_MS;
}

function objectIn(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? {...value} : undefined;
  } catch {
    return undefined;
  }
}
