import {ConnectorError} from 'airbyte-cdk-ts';

import {agents} from '../agents';
import type {HttpAnswer} from '../http';
import {httpServer, type LoopbackServer} from '../loopback-server.stand-in';
import {OIDC_FAILURES} from './oidc-failures';
import {oidcSignIn} from './oidc';
import type {Attempt, SignIn} from './sign-in';

describe('oidcSignIn', () => {
  it('sends one token with every request', async () => {
    await using provider = await numberedTokens();
    await using signIn = at(provider);
    const pi = piThat(() => true);

    const answers = await Promise.all(
      Array.from({length: 50}, () => signIn.exchange(pi.attempt)),
    );

    expect(new Set(answers.map(({status}) => status))).toEqual(new Set([200]));
    expect(new Set(pi.sent)).toEqual(new Set(['Bearer token-1']));
    expect(signIn.concealed).toContain('token-1');
  });

  it('asks for another token once PI refuses one, for all callers together', async () => {
    await using provider = await numberedTokens();
    await using signIn = at(provider);
    const pi = piThat((authorization) => authorization !== 'Bearer token-1');

    const answers = await Promise.all(
      Array.from({length: 20}, () => signIn.exchange(pi.attempt)),
    );

    expect(new Set(answers.map(({status}) => status))).toEqual(new Set([200]));
    expect(provider.issued()).toBe(2);
  });

  it('takes a second refusal for an answer', async () => {
    await using provider = await numberedTokens();
    await using signIn = at(provider);
    const pi = piThat(() => false);

    const answer = await signIn.exchange(pi.attempt);

    expect(answer.status).toBe(401);
    expect(pi.sent).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('tells why, where PI does', async () => {
    await using provider = await numberedTokens();
    await using signIn = at(provider);
    const offer = 'Bearer error="invalid_token", error_description="bad audience"';

    const told = await failureOf(signIn, piThat(() => false, offer).attempt);

    expect(told).toContain('OIDC_TOKEN_REFUSED');
    expect(told).toContain('bad audience');
    expect(told).toContain(`127.0.0.1:${provider.port}`);
  });

  it('tells what is offered where PI takes no tokens', async () => {
    await using provider = await numberedTokens();
    await using signIn = at(provider);
    const offer = 'Negotiate, Basic realm="pi"';

    const told = await failureOf(signIn, piThat(() => false, offer).attempt);

    expect(told).toContain('Negotiate, Basic');
    expect(told).toContain('OIDC_BEARER_NOT_OFFERED');
  });

  it('conceals the secret in the forms in which it travels', async () => {
    await using provider = await numberedTokens();
    await using signIn = at(provider);

    expect(signIn.concealed).toEqual([
      Buffer.from('source-pi:geh3im%2F').toString('base64'),
      'geh3im%2F',
    ]);
  });

  it('says nothing of tokens or secrets in the table of failures', () => {
    for (const {text} of OIDC_FAILURES) {
      expect(text).not.toMatch(/\{(token|secret|proof)/);
    }
  });
});

/** A provider that issues token-1, token-2, … */
async function numberedTokens(): Promise<LoopbackServer & {issued(): number}> {
  let issued = 0;
  const server = await httpServer((_, response) => {
    issued += 1;
    const token = {access_token: `token-${issued}`, token_type: 'Bearer'};
    response.end(JSON.stringify({...token, expires_in: 3600}));
  });
  return {
    port: server.port,
    issued: () => issued,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function at({port}: LoopbackServer): SignIn & AsyncDisposable & {concealed: string[]} {
  const concealed: string[] = [];
  const trust = {caCertificates: []};
  const signIn = oidcSignIn({
    credentials: {
      token_url: `http://127.0.0.1:${port}/token`,
      client_id: 'source-pi',
      client_secret: 'geh3im/',
      client_authentication: 'header',
    },
    baseUrl: 'http://pi.invalid/piwebapi',
    readTimeoutMs: 5000,
    agentsTo: () => agents({connectTimeoutMs: 5000, trust, maxSockets: 1}),
    conceal: (secret) => concealed.push(secret),
    concealPassing: (secret) => concealed.push(secret),
  });
  return {
    ...{...signIn, concealed},
    [Symbol.asyncDispose]: () => {
      signIn.close();
      return Promise.resolve();
    },
  };
}

/** A PI Web API that accepts some headers, and what it was sent. */
function piThat(accepts: (authorization: string | undefined) => boolean, offer = '') {
  const sent: (string | undefined)[] = [];
  const headers = offer === '' ? {} : {'www-authenticate': offer};
  const attempt = (authorization: string | undefined): Promise<HttpAnswer> => {
    sent.push(authorization);
    const status = accepts(authorization) ? 200 : 401;
    return Promise.resolve({status, headers, body: Buffer.alloc(0)});
  };
  return {sent, attempt};
}

async function failureOf(signIn: SignIn, attempt: Attempt): Promise<string> {
  try {
    return `no failure, but ${(await signIn.exchange(attempt)).status}`;
  } catch (thrown) {
    return thrown instanceof ConnectorError ? thrown.toString() : 'a foreign failure';
  }
}
