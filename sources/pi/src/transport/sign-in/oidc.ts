import type {ConnectorError} from 'airbyte-cdk-ts';

import type {Agents} from '../agents';
import type {HttpAnswer} from '../http';
import {clientProof, formEncoded} from './oidc-client-proof';
import {oidcFailure} from './oidc-failures';
import {OidcHttp} from './oidc-http';
import {OidcProvider, type OidcCredentials} from './oidc-provider';
import {OidcTokens} from './oidc-tokens';
import {challengesIn, offers, offerText} from './challenges';
import type {SignIn} from './sign-in';

export interface OidcOptions {
  readonly credentials: OidcCredentials;
  /** Of PI Web API, which names its provider where the credentials do not. */
  readonly baseUrl: string;
  readonly readTimeoutMs: number;
  /** The way to the provider: for its address, through the proxy or not. */
  readonly agentsTo: (url: string) => Agents;
  /** What must never be shown. */
  readonly conceal: (secret: string) => void;
  /** Tokens, of which the latest are enough. */
  readonly concealPassing: (secret: string) => void;
  /** Epoch milliseconds; by it the age of tokens is known. */
  readonly nowMs?: () => number;
}

const UNAUTHORIZED = 401;

/**
 * Tokens of an OpenID provider, issued to the connector itself. A token that PI Web API
 * refuses is exchanged once for a new one; a second refusal is the answer, or an error
 * where PI says that it lies with the token.
 */
export function oidcSignIn(options: OidcOptions): SignIn {
  const {credentials, conceal, concealPassing, nowMs = () => Date.now()} = options;
  conceal(clientProof(credentials));
  conceal(formEncoded(credentials.client_secret));
  const http = new OidcHttp(options);
  const provider = new OidcProvider({...options, http});
  const tokens = new OidcTokens({
    nowMs,
    issue: async () => {
      const issued = await provider.issue();
      concealPassing(issued.text);
      return issued;
    },
  });
  return {
    exchange: async (attempt) => {
      const token = await tokens.current();
      const answer = await attempt(`Bearer ${token}`);
      if (answer.status !== UNAUTHORIZED) return answer;
      tokens.drop(token);
      const second = await attempt(`Bearer ${await tokens.current()}`);
      const reason = refusalIn(second, provider.host);
      if (reason !== undefined) throw reason;
      return second;
    },
    close: () => {
      http.close();
    },
  };
}

/** What PI Web API says against tokens in general, or against this one (RFC 6750 3). */
function refusalIn(
  {status, headers}: HttpAnswer,
  host: string,
): ConnectorError | undefined {
  if (status !== UNAUTHORIZED) return undefined;
  const offer = headers['www-authenticate'] ?? '';
  const challenges = challengesIn(offer);
  if (challenges.length === 0) return undefined;
  if (!offers(challenges, 'Bearer')) {
    return oidcFailure('OIDC_BEARER_NOT_OFFERED', {offered: offerText(challenges)});
  }
  const said = parameterOf(offer, 'error_description') ?? parameterOf(offer, 'error');
  if (said === undefined) return undefined;
  return oidcFailure('OIDC_TOKEN_REFUSED', {host, said});
}

function parameterOf(offer: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]{1,300})`).exec(offer)?.[1];
}
