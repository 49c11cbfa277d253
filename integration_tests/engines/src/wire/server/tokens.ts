import {randomUUID} from 'node:crypto';

import {jsonReply, type HttpReply} from './exchange';

export interface TokenSettings {
  /** Tokens that never expire. */
  readonly personal: readonly string[];
  /** Secrets of service principals by client id. */
  readonly clients: Readonly<Record<string, string>>;
  /** What the endpoint says of the tokens it gives; they live until `expireIssued`. */
  readonly lifetimeSeconds: number;
}

/** Who may enter: personal tokens, and those given out by the token endpoint. */
export class Tokens {
  private readonly issued = new Set<string>();

  constructor(private readonly settings: TokenSettings) {}

  /** True if the `Authorization` header carries a token that is valid now. */
  accepts(authorization: string | undefined): boolean {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) return false;
    return this.settings.personal.includes(token) || this.issued.has(token);
  }

  /** Answers `POST /oidc/v1/token`: client credentials in, a token out. */
  grant(authorization: string | undefined, body: string): HttpReply {
    const form = new URLSearchParams(body);
    const [id, secret] = basicCredentials(authorization) ?? [
      form.get('client_id') ?? '',
      form.get('client_secret') ?? '',
    ];
    if (form.get('grant_type') !== 'client_credentials')
      return jsonReply(400, {error: 'unsupported_grant_type'});
    if (secret === '' || this.settings.clients[id] !== secret)
      return jsonReply(401, {
        error: 'invalid_client',
        error_description: 'Client authentication failed',
      });
    return jsonReply(200, {
      access_token: this.issue(),
      token_type: 'Bearer',
      expires_in: this.settings.lifetimeSeconds,
      scope: form.get('scope') ?? 'all-apis',
    });
  }

  /** From now on every token of the endpoint is refused, until a new one is asked for. */
  expireIssued(): void {
    this.issued.clear();
  }

  private issue(): string {
    const token = `issued-${randomUUID()}`;
    this.issued.add(token);
    return token;
  }
}

function basicCredentials(header: string | undefined): [string, string] | undefined {
  const encoded = /^Basic (.+)$/.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  return [decodeURIComponent(id), decodeURIComponent(secret)];
}
