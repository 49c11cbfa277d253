import type {IncomingMessage} from 'node:http';

import {ConnectorError} from 'airbyte-cdk-ts';

import {agents} from '../agents';
import {httpServer, httpsServer, silentServer} from '../loopback-server.stand-in';
import {OIDC_FAILURES, type OidcFailureId} from './oidc-failures';
import {OidcHttp} from './oidc-http';
import {OidcProvider, type IssuedToken} from './oidc-provider';

const SECRET = 'geh3im/+ &=%';
const GOOD = {access_token: 'abc.def', token_type: 'Bearer', expires_in: 60};

describe('OidcProvider', () => {
  it('shows its secret in the header, form-encoded, as the default', async () => {
    const {requests} = await asking({});

    const [{headers, body} = {headers: {}, body: ''}] = requests;
    expect(
      Buffer.from(headers.authorization?.slice(6) ?? '', 'base64').toString(),
    ).toBe('source-pi:geh3im%2F%2B+%26%3D%25');
    expect(fieldsOf(body)).toEqual({grant_type: 'client_credentials'});
  });

  it('shows its secret in the body where the client is registered so', async () => {
    const {requests} = await asking({client_authentication: 'body', scope: 'system'});

    expect(requests[0]?.headers.authorization).toBeUndefined();
    expect(fieldsOf(requests[0]?.body ?? '')).toEqual({
      grant_type: 'client_credentials',
      scope: 'system',
      client_id: 'source-pi',
      client_secret: SECRET,
    });
  });

  it('names an audience, and a resource where it is an absolute address', async () => {
    const name = await asking({audience: 'pi'});
    const address = await asking({audience: 'https://pi.example.com/piwebapi'});

    expect(fieldsOf(name.requests[0]?.body ?? '')).toEqual({
      grant_type: 'client_credentials',
      audience: 'pi',
    });
    expect(fieldsOf(address.requests[0]?.body ?? '')).toMatchObject({
      audience: 'https://pi.example.com/piwebapi',
      resource: 'https://pi.example.com/piwebapi',
    });
  });

  it.each([
    ['seconds', 60, 60_000],
    ['seconds as text', '3600', 3_600_000],
    ['nothing', undefined, 300_000],
    ['nothing sensible', -1, 300_000],
  ])('reads a life told in %s', async (_, expires_in, lifeMs) => {
    const {token} = await asking({answer: {...GOOD, expires_in}});

    expect(token?.lifeMs).toBe(lifeMs);
  });

  it.each(['bearer', 'BEARER', undefined])(
    'takes a token of the type %s',
    async (token_type) => {
      const {token} = await asking({answer: {...GOOD, token_type}});

      expect(token?.text).toBe('abc.def');
    },
  );

  it('takes a token that grants more than was asked for, or the default of Entra', async () => {
    const more = await asking({scope: 'system', answer: {...GOOD, scope: 'a system'}});
    const entra = await asking({
      scope: 'api://pi/.default',
      answer: {...GOOD, scope: ''},
    });

    expect([more.failure, entra.failure]).toEqual([undefined, undefined]);
  });

  it.each<[string, Case, OidcFailureId]>([
    [
      'a wrong secret',
      {status: 401, answer: {error: 'invalid_client'}},
      'OIDC_CLIENT_REFUSED',
    ],
    ['a 401 without words', {status: 401, answer: 'no'}, 'OIDC_CLIENT_REFUSED'],
    [
      'a forbidden grant',
      {status: 400, answer: {error: 'unauthorized_client'}},
      'OIDC_GRANT_NOT_ALLOWED',
    ],
    [
      'a forbidden scope',
      {status: 400, answer: {error: 'invalid_scope'}},
      'OIDC_SCOPE_REFUSED',
    ],
    [
      'a scope left out',
      {scope: 'system x', answer: {...GOOD, scope: 'system'}},
      'OIDC_SCOPE_NOT_GRANTED',
    ],
    [
      'a foreign audience',
      {status: 400, answer: {error: 'invalid_target'}},
      'OIDC_AUDIENCE_REFUSED',
    ],
    [
      'an error of its own',
      {status: 400, answer: {error: 'access_denied'}},
      'OIDC_REQUEST_REFUSED',
    ],
    ['a 403', {status: 403, answer: ''}, 'OIDC_REQUEST_REFUSED'],
    ['a wrong address', {status: 404, answer: '<html>'}, 'OIDC_ADDRESS_WRONG'],
    ['a redirect', {status: 302, answer: ''}, 'OIDC_REDIRECTED'],
    ['a page', {answer: '<html>Sign in</html>'}, 'OIDC_NOT_JSON'],
    ['no token', {answer: {token_type: 'Bearer'}}, 'OIDC_NO_ACCESS_TOKEN'],
    [
      'a token with line ends',
      {answer: {...GOOD, access_token: 'a\r\nb'}},
      'OIDC_NO_ACCESS_TOKEN',
    ],
    ['another type', {answer: {...GOOD, token_type: 'DPoP'}}, 'OIDC_TOKEN_TYPE'],
    ['overload', {status: 503, answer: ''}, 'OIDC_PROVIDER_FAILED'],
    ['a limit', {status: 429, answer: ''}, 'OIDC_PROVIDER_FAILED'],
    [
      'its own failure',
      {status: 400, answer: {error: 'server_error'}},
      'OIDC_PROVIDER_FAILED',
    ],
  ])('tells %s from the rest', async (_, given, id) => {
    const {failure, port} = await asking(given);

    expect(failure?.details['reason']).toBe(id);
    expect(failure?.failureType).toBe(
      OIDC_FAILURES.find((row) => row.id === id)?.failureType,
    );
    expect(failure?.message).toContain(`127.0.0.1:${port}`);
    expect(failure?.message).not.toContain('{');
  });

  it('shows the words of the provider short and without the secret', async () => {
    const error_description = `Bad\n secret ${SECRET} and ${'x'.repeat(999)}`;
    const {failure} = await asking({
      status: 401,
      answer: {error: 'invalid_client', error_description},
    });

    const [, said = ''] = failure?.message.split(' In its own words: ') ?? [];
    expect(said).toMatch(/^invalid_client: Bad secret \*\*\*\* and x+$/);
    expect(said.length).toBeLessThanOrEqual(300);
    expect(failure?.toString()).not.toContain(SECRET);
  });

  it('shows an address without what may be secret in it', async () => {
    await using server = await httpServer((_, response) => {
      response.writeHead(404).end();
    });
    const token_url = `http://user:geheim@127.0.0.1:${server.port}/token`;

    const {failure} = await issued({token_url});

    expect(failure?.toString()).toContain(`http://127.0.0.1:${server.port}/token`);
    expect(failure?.toString()).not.toContain('geheim');
  });

  it('tells an answer out of bounds from one that did not come', async () => {
    const {failure} = await asking({answer: 'x'.repeat(2 * 1024 * 1024)});

    expect(failure?.details['reason']).toBe('OIDC_PROVIDER_UNREACHABLE');
  });

  it('names the provider where it refuses connections, stays silent or shows no trusted certificate', async () => {
    await using silent = await silentServer();
    await using unknown = await httpsServer((_, response) => response.end());
    const gone = await httpServer((_, response) => response.end());
    await gone[Symbol.asyncDispose]();

    const failures = await Promise.all(
      [
        issued({token_url: `http://127.0.0.1:${gone.port}/t`}),
        issued({token_url: `http://127.0.0.1:${silent.port}/t`}, 50),
        issued({token_url: `https://127.0.0.1:${unknown.port}/t`}),
      ].map(async (ended) => (await ended).failure),
    );

    expect(failures.map((failure) => failure?.details['reason'])).toEqual([
      'OIDC_PROVIDER_UNREACHABLE',
      'OIDC_PROVIDER_UNREACHABLE',
      'OIDC_PROVIDER_NOT_TRUSTED',
    ]);
    expect(failures[0]?.message).toMatch(/nothing listens .* rejects it\. Check its/);
    // By these the client would take it for PI's.
    for (const failure of failures) {
      expect(failure?.message).not.toMatch(/PI Web API|base URL/);
      expect(failure?.details).not.toHaveProperty('status');
      expect(failure?.details).not.toHaveProperty('code');
    }
  });
});

describe('Discovery', () => {
  it('finds the address that the issuer publishes, and asks for it once', async () => {
    const paths: (string | undefined)[] = [];
    await using server = await httpServer((request, response) => {
      paths.push(request.url);
      const token_endpoint = `http://${request.headers.host ?? ''}/token`;
      const isToken = request.url === '/token';
      response.end(JSON.stringify(isToken ? GOOD : {token_endpoint}));
    });
    const provider = over({issuer_url: `http://127.0.0.1:${server.port}/realm/`});

    await provider.issue();
    await provider.issue();

    expect(paths).toEqual([
      '/realm/.well-known/openid-configuration',
      '/token',
      '/token',
    ]);
  });

  it('asks PI Web API where neither address is given', async () => {
    let path: string | undefined;
    await using server = await httpServer((request, response) => {
      path = request.url;
      response.writeHead(404).end();
    });

    const {failure} = await issued(
      {},
      1000,
      `http://127.0.0.1:${server.port}/piwebapi`,
    );

    expect(path).toBe('/piwebapi/.well-known/openid-configuration');
    expect(failure?.details['reason']).toBe('OIDC_NO_DISCOVERY');
  });

  it.each<[string, Case, OidcFailureId]>([
    ['an absent document', {status: 404}, 'OIDC_NO_DISCOVERY'],
    ['a page', {answer: '<html>'}, 'OIDC_NO_TOKEN_ADDRESS'],
    ['no address', {answer: {issuer: 'x'}}, 'OIDC_NO_TOKEN_ADDRESS'],
    [
      'no web address',
      {answer: {token_endpoint: 'file:///x'}},
      'OIDC_NO_TOKEN_ADDRESS',
    ],
    ['a redirect', {status: 301}, 'OIDC_REDIRECTED'],
    ['a failure', {status: 502}, 'OIDC_PROVIDER_FAILED'],
    [
      'an address elsewhere in clear text',
      {answer: {token_endpoint: 'http://elsewhere.example/token'}},
      'OIDC_TOKEN_ADDRESS_UNSAFE',
    ],
    [
      'an address elsewhere that was told in clear text',
      {answer: {token_endpoint: 'https://elsewhere.example/token'}},
      'OIDC_TOKEN_ADDRESS_UNSAFE',
    ],
  ])('does not go on after %s', async (_, {status = 200, answer = ''}, id) => {
    await using server = await httpServer((_request, response) => {
      response.writeHead(status).end(textOf(answer));
    });

    const {failure} = await issued({issuer_url: `http://127.0.0.1:${server.port}`});

    expect(failure?.details['reason']).toBe(id);
    expect(failure?.message).toContain(`127.0.0.1:${server.port}`);
  });
});

describe('OIDC_FAILURES', () => {
  it('has an id of its own for each row', () => {
    expect(new Set(OIDC_FAILURES.map(({id}) => id)).size).toBe(OIDC_FAILURES.length);
    for (const {id} of OIDC_FAILURES) expect(id).toMatch(/^OIDC_[A-Z_]+$/);
  });
});

interface Case extends Partial<Credentials> {
  readonly status?: number;
  readonly answer?: unknown;
}

type Credentials = ConstructorParameters<typeof OidcProvider>[0]['credentials'];

interface Asked {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Asks a provider that answers so, and keeps what it was asked. */
async function asking({status = 200, answer = GOOD, ...credentials}: Case) {
  const requests: Asked[] = [];
  await using server = await httpServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      requests.push({headers: request.headers, body});
      response.writeHead(status, {Location: 'https://elsewhere.example/'});
      response.end(textOf(answer));
    });
  });
  const {port} = server;
  const token_url = `http://127.0.0.1:${port}/token`;
  return {requests, port, ...(await issued({token_url, ...credentials}))};
}

async function issued(
  credentials: Partial<Credentials>,
  readTimeoutMs = 5000,
  baseUrl = 'http://pi.invalid/piwebapi',
): Promise<{token?: IssuedToken; failure?: ConnectorError}> {
  try {
    return {token: await over(credentials, readTimeoutMs, baseUrl).issue()};
  } catch (thrown) {
    if (thrown instanceof ConnectorError) return {failure: thrown};
    throw thrown;
  }
}

function over(
  credentials: Partial<Credentials>,
  readTimeoutMs = 5000,
  baseUrl = 'http://pi.invalid/piwebapi',
): OidcProvider {
  const trust = {caCertificates: []};
  const agentsTo = () => agents({connectTimeoutMs: 5000, trust, maxSockets: 1});
  return new OidcProvider({
    baseUrl,
    http: new OidcHttp({readTimeoutMs, agentsTo}),
    credentials: {
      client_id: 'source-pi',
      client_secret: SECRET,
      client_authentication: 'header',
      ...credentials,
    },
  });
}

function textOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content);
}

function fieldsOf(form: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(form));
}
