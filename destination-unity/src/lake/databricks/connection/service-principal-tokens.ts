import {ConfigError, TransientError} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type {BearerTokens, Http} from '../../../http/http';

interface ServicePrincipal {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface TokensOptions {
  readonly principal: ServicePrincipal;
  /** The way to the host of the token endpoint. */
  readonly http: Http;
  readonly tokenPath: string;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  readonly conceal: (secret: string) => void;
}

/** Long before its end a token is renewed, for a statement may begin with it late. */
const RENEW_BEFORE_MS = 300_000;
const DEFAULT_LIFETIME_SECONDS = 3600;

const granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().default(DEFAULT_LIFETIME_SECONDS),
});

interface Held {
  readonly token: string;
  readonly renewAtMs: number;
}

/**
 * Tokens for a service principal by its id and secret (OAuth 2.0 client credentials).
 * One token serves all; it is renewed ahead of its end and after it was refused.
 */
export class ServicePrincipalTokens implements BearerTokens {
  readonly #options: TokensOptions;
  #held: Held | undefined;
  #renewal: Promise<string> | undefined;

  constructor(options: TokensOptions) {
    this.#options = options;
  }

  async token(): Promise<string> {
    if (this.#held !== undefined && this.#options.nowMs() < this.#held.renewAtMs) {
      return this.#held.token;
    }
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));
    return await this.#renewal;
  }

  refused(token: string): boolean {
    if (this.#held?.token === token) this.#held = undefined;
    return true;
  }

  async #renew(): Promise<string> {
    const {nowMs, conceal} = this.#options;
    const answer = granted.safeParse(await this.#ask());
    if (!answer.success) {
      throw new TransientError('The token endpoint answered without a token.');
    }
    const {access_token: token, expires_in: lifetimeSeconds} = answer.data;
    conceal(token);
    const lifetimeMs = lifetimeSeconds * 1000;
    const aheadMs = Math.min(RENEW_BEFORE_MS, lifetimeMs / 4);
    this.#held = {token, renewAtMs: nowMs() + lifetimeMs - aheadMs};
    return token;
  }

  async #ask(): Promise<unknown> {
    const {http, tokenPath, principal} = this.#options;
    const {clientId, clientSecret} = principal;
    const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
    const {status, json} = await http.send({
      method: 'POST',
      path: tokenPath,
      form: {grant_type: 'client_credentials', scope: 'all-apis'},
      headers: {Authorization: `Basic ${Buffer.from(pair).toString('base64')}`},
      accept: [400, 401, 403],
    });
    if (status < 300) return json;
    throw new ConfigError(
      'The workspace refused the service principal: client id or client secret is wrong, the secret has expired, or the principal is not in this workspace.',
      {details: {status}},
    );
  }
}
