import type {IncomingMessage, ServerResponse} from 'node:http';
import {deflateSync, gzipSync} from 'node:zlib';

import {agents, type AgentOptions} from './agents';
import {AxiosHttp, type AxiosHttpOptions} from './axios-http';
import {LOOPBACK_CERTIFICATE} from './loopback-certificate.stand-in';
import {httpServer, httpsServer, silentServer} from './loopback-server.stand-in';
import {basicSignIn} from './sign-in/basic';
import type {SignIn} from './sign-in/sign-in';
import type {Trust} from './trust';

const GET = {method: 'GET', path: 'system/userinfo'} as const;

describe('AxiosHttp', () => {
  it('signs each request and says that it is not forged by a browser', async () => {
    const asked: IncomingMessage[] = [];
    await using server = await httpServer((request, response) => {
      asked.push(request);
      response.end('{}');
    });
    await using http = over(server.port);

    await http.send({
      ...GET,
      path: 'points?path=a%5Cb',
      headers: {'Cache-Control': 'no-cache'},
    });

    expect(asked[0]?.url).toBe('/piwebapi/points?path=a%5Cb');
    expect(asked[0]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('user:secret').toString('base64')}`,
      'x-requested-with': 'XMLHttpRequest',
      accept: 'application/json',
      'cache-control': 'no-cache',
    });
  });

  it('posts JSON', async () => {
    let body = '';
    let type: string | undefined;
    await using server = await httpServer((request, response) => {
      type = request.headers['content-type'];
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => response.writeHead(207).end('{"a":{}}'));
    });
    await using http = over(server.port);

    const answer = await http.send({method: 'POST', path: 'batch', body: '{"a":1}'});

    expect(answer.status).toBe(207);
    expect(body).toBe('{"a":1}');
    expect(type).toBe('application/json');
  });

  it('hands out the bytes of an answer, decompressed', async () => {
    await using server = await httpServer((_, response) =>
      response
        .writeHead(200, {'Content-Encoding': 'gzip'})
        .end(gzipSync('{"Name":"ä"}')),
    );
    await using http = over(server.port);

    const {body} = await http.send(GET);

    expect(body.toString('utf8')).toBe('{"Name":"ä"}');
  });

  it.each([200, 204, 302, 401, 404, 429, 503])('resolves with a %d', async (status) => {
    await using server = await httpServer((_, response) =>
      response.writeHead(status, {'Retry-After': '3'}).end(),
    );
    await using http = over(server.port);

    const answer = await http.send(GET);

    expect(answer).toMatchObject({status, headers: {'retry-after': '3'}});
  });

  it('follows a redirect below its base URL, signed anew', async () => {
    const asked: (string | undefined)[] = [];
    await using server = await httpServer(({url, headers}, response) => {
      asked.push(url, headers.authorization);
      if (url?.endsWith('userinfo/') === true) return response.end('{}');
      return response.writeHead(301, {Location: `${url ?? ''}/`}).end();
    });
    let proofs = 0;
    const signIn: SignIn = {
      exchange: (attempt) => attempt(`Negotiate ${++proofs}`),
      close: () => undefined,
    };
    await using http = over(server.port, {signIn});

    const answer = await http.send(GET);

    expect(answer.status).toBe(200);
    expect(asked).toEqual([
      ...['/piwebapi/system/userinfo', 'Negotiate 1'],
      ...['/piwebapi/system/userinfo/', 'Negotiate 2'],
    ]);
  });

  it.each([
    ['above its base URL', 'GET', '/elsewhere'],
    ['to another host', 'GET', 'http://pi.test/piwebapi/system/userinfo/'],
    ['of a POST', 'POST', '/piwebapi/batch/'],
  ] as const)('follows no redirect %s', async (_, method, location) => {
    let asked = 0;
    await using server = await httpServer((_request, response) => {
      asked++;
      response.writeHead(307, {Location: location}).end();
    });
    await using http = over(server.port);

    const answer = await http.send({...GET, method});

    expect(answer.status).toBe(307);
    expect(asked).toBe(1);
  });

  it('does not follow redirects in a circle', async () => {
    let asked = 0;
    await using server = await httpServer((_, response) => {
      asked++;
      response.writeHead(302, {Location: '/piwebapi/system/userinfo'}).end();
    });
    await using http = over(server.port);

    const answer = await http.send(GET);

    expect(answer.status).toBe(302);
    expect(asked).toBe(4);
  });

  it('sends a request as often as the method of sign-in wants it', async () => {
    const seen: (string | undefined)[] = [];
    await using server = await httpServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(401).end();
    });
    let tokens = 0;
    const signIn: SignIn = {
      exchange: async (attempt) => {
        await attempt(`Bearer ${++tokens}`);
        return await attempt(`Bearer ${++tokens}`);
      },
      close: () => undefined,
    };
    await using http = over(server.port, {signIn});

    const answer = await http.send(GET);

    expect(answer.status).toBe(401);
    expect(seen).toEqual(['Bearer 1', 'Bearer 2']);
  });

  it('gives up an answer that is too large', async () => {
    await using server = await httpServer((_, response) =>
      response.end(Buffer.alloc(5000, 'x')),
    );
    await using http = over(server.port, {maxAnswerBytes: 1000});

    await expect(http.send(GET)).rejects.toMatchObject({
      failureType: 'transient_error',
      details: {status: 413, limit_bytes: 1000},
    });
  });

  it('gives up an answer that is too large when it is decompressed', async () => {
    await using server = await httpServer((_, response) =>
      response
        .writeHead(200, {'Content-Encoding': 'gzip'})
        .end(gzipSync(Buffer.alloc(5000, 'x'))),
    );
    await using http = over(server.port, {maxAnswerBytes: 1000});

    await expect(http.send(GET)).rejects.toMatchObject({
      failureType: 'transient_error',
      details: {status: 413, limit_bytes: 1000},
    });
  });

  it.each(['gzip', 'deflate'])(
    'fails in passing when %s is damaged',
    async (encoding) => {
      await using server = await httpServer((_, response) =>
        response.writeHead(200, {'Content-Encoding': encoding}).end('no such thing'),
      );
      await using http = over(server.port);

      await expect(http.send(GET)).rejects.toMatchObject({
        failureType: 'transient_error',
        details: {code: 'Z_DATA_ERROR'},
      });
    },
  );

  it.each([
    ['deflate', deflateSync('{"a":1}')],
    ['x-gzip', gzipSync('{"a":1}')],
    ['identity', Buffer.from('{"a":1}')],
  ])('reads %s, although it asks for gzip alone', async (encoding, bytes) => {
    await using server = await httpServer((_, response) =>
      response.writeHead(200, {'Content-Encoding': encoding}).end(bytes),
    );
    await using http = over(server.port);

    const {body} = await http.send(GET);

    expect(body.toString()).toBe('{"a":1}');
  });

  it.each([
    ['never answers', () => undefined, 'READ_TIMEOUT'],
    [
      'stops in the middle',
      (response: ServerResponse) => response.writeHead(200).write('{"Ite'),
      'READ_TIMEOUT',
    ],
    [
      'breaks off in the middle',
      (response: ServerResponse) => {
        response.writeHead(200, {'Content-Length': '100'}).write('{"Ite', () => {
          response.destroy();
        });
      },
      'BODY_CUT',
    ],
    ['closes at once', (response: ServerResponse) => response.destroy(), 'ECONNRESET'],
  ])('fails in passing when the server %s', async (_, act, code) => {
    await using server = await httpServer((_request, response) => {
      act(response);
    });
    const readTimeoutMs = code === 'READ_TIMEOUT' ? 50 : 5000;
    await using http = over(server.port, {readTimeoutMs});

    await expect(http.send(GET)).rejects.toMatchObject({
      failureType: 'transient_error',
      details: {code},
    });
  });

  it('says when nobody listens', async () => {
    const {port} = await closedServer();
    await using http = over(port);

    await expect(http.send(GET)).rejects.toMatchObject({
      details: {code: 'ECONNREFUSED'},
    });
  });

  it('waits for a handshake no longer than it may', async () => {
    await using server = await silentServer();
    await using http = over(server.port, {
      baseUrl: `https://localhost:${server.port}/piwebapi`,
      connectTimeoutMs: 50,
    });

    await expect(http.send(GET)).rejects.toMatchObject({
      details: {code: expect.stringMatching(/^(TLS|CONNECT)_TIMEOUT$/)},
    });
  });

  it('trusts a certificate only if it was told to', async () => {
    await using server = await httpsServer((_, response) => response.end('{}'));
    const baseUrl = `https://localhost:${server.port}/piwebapi`;
    await using stranger = over(server.port, {baseUrl});
    await using friend = over(server.port, {
      baseUrl,
      caCertificates: [LOOPBACK_CERTIFICATE],
    });

    await expect(stranger.send(GET)).rejects.toMatchObject({
      failureType: 'config_error',
      details: {code: 'DEPTH_ZERO_SELF_SIGNED_CERT'},
    });
    await expect(friend.send(GET)).resolves.toMatchObject({status: 200});
  });

  it('ends a request when it is told to, with the reason given', async () => {
    await using server = await httpServer(() => undefined);
    await using http = over(server.port);
    const controller = new AbortController();
    const sent = http.send(GET, controller.signal);

    controller.abort(new RangeError('the sync ends'));

    await expect(sent).rejects.toThrow('the sync ends');
  });

  it('puts an answer where one stood that was lent and given back', async () => {
    await using server = await httpServer((request, response) =>
      response.writeHead(200).end(`answer to ${request.url}`),
    );
    await using http = over(server.port);
    const ask = async (path: string): Promise<Buffer> =>
      (await http.send({...GET, path, isLent: true})).body;

    const first = await ask('first');
    const second = await ask('second');
    expect([String(first), String(second)]).toEqual([
      'answer to /piwebapi/first',
      'answer to /piwebapi/second',
    ]);
    http.release(first);
    const third = await ask('third');

    expect(third.buffer).toBe(first.buffer);
    expect(String(third)).toBe('answer to /piwebapi/third');
    expect(String(second)).toBe('answer to /piwebapi/second');
  });

  it('shows no credentials in a failure', async () => {
    const {port} = await closedServer();
    await using http = over(port);

    const failure: unknown = await http.send(GET).catch((thrown: unknown) => thrown);

    const {message, stack, cause, details} = failure as Error & {details: unknown};
    expect(JSON.stringify([message, stack, cause, details])).not.toMatch(
      /secret|dXNlcjpzZWNyZXQ/,
    );
  });
});

type Options = Partial<AxiosHttpOptions> &
  Partial<Pick<AgentOptions, 'connectTimeoutMs'>> &
  Partial<Trust>;

function over(
  port: number,
  {connectTimeoutMs = 5000, caCertificates = [], ...options}: Options = {},
): AxiosHttp & AsyncDisposable {
  const http = new AxiosHttp({
    baseUrl: `http://127.0.0.1:${port}/piwebapi`,
    signIn: basicSignIn({username: 'user', password: 'secret'}),
    agents: agents({connectTimeoutMs, trust: {caCertificates}, maxSockets: 4}),
    readTimeoutMs: 5000,
    userAgent: 'test',
    ...options,
  });
  const close = (): Promise<void> => {
    http.close();
    return Promise.resolve();
  };
  return Object.assign(http, {[Symbol.asyncDispose]: close});
}

async function closedServer(): Promise<{port: number}> {
  await using server = await silentServer();
  return {port: server.port};
}
