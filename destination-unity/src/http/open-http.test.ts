import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import type * as http from 'node:http';
import {tmpdir} from 'node:os';
import * as path from 'node:path';
import {rootCertificates} from 'node:tls';

import {fixedToken} from './fixed-token';
import type {Http} from './http';
import {
  fakePace,
  LOOPBACK_CERTIFICATE,
  loopbackServer,
  tunnelProxy,
} from './loopback.stand-in';
import {openHttp, type HttpOptions} from './open-http';

describe('openHttp', () => {
  const ofTheImage = process.env['NODE_EXTRA_CA_CERTS'];

  afterEach(() => {
    if (ofTheImage === undefined) delete process.env['NODE_EXTRA_CA_CERTS'];
    else process.env['NODE_EXTRA_CA_CERTS'] = ofTheImage;
  });

  it('sends JSON with the token and gives back what came', async () => {
    const asked: string[] = [];
    await using server = await loopbackServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      void bodyOf(request).then((echo) => response.end(JSON.stringify({echo})));
    });
    using http = client({baseUrl: server.url, bearer: fixedToken('t0')});

    const answer = await http.send({method: 'POST', path: '/a?b=c', json: {x: 1}});

    expect(answer).toEqual({status: 200, json: {echo: '{"x":1}'}});
    expect(asked).toEqual(['POST /a?b=c Bearer t0']);
  });

  it('sends a file again from its beginning after a passing failure', async () => {
    await using folder = await scratchFolder();
    const file = path.join(folder.path, 'a.parquet');
    await writeFile(file, 'x'.repeat(200_000));
    const received: number[] = [];
    await using server = await loopbackServer((request, response) => {
      void bodyOf(request).then((body) => {
        received.push(body.length);
        response.statusCode = received.length === 1 ? 503 : 204;
        response.end();
      });
    });
    using http = client({baseUrl: server.url});

    const answer = await http.send({method: 'PUT', path: '/f', file});

    expect(answer).toEqual({status: 204, json: undefined});
    expect(received).toEqual([200_000, 200_000]);
  });

  it('waits as long as the server asks for, and longer', async () => {
    let asked = 0;
    await using server = await loopbackServer((_request, response) => {
      asked += 1;
      if (asked < 3) response.writeHead(429, {'Retry-After': '7'});
      response.end('{}');
    });
    const pace = fakePace();
    using http = client({baseUrl: server.url, pace});

    await http.send({method: 'GET', path: '/'});

    expect(pace.slept).toEqual([7250, 7500]);
  });

  it('gives up on a lasting outage when its patience has ended', async () => {
    await using server = await loopbackServer((_request, response) => {
      response.writeHead(503).end('{"message":"down"}');
    });
    const pace = fakePace();
    using http = client({baseUrl: server.url, pace, patienceMs: 60_000});

    const sent = http.send({method: 'GET', path: '/'});

    await expect(sent).rejects.toThrow(/is not able to answer now: down$/);
    expect(pace.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(60_000);
  });

  it('asks for another token once after a 401', async () => {
    const used: (string | undefined)[] = [];
    await using server = await loopbackServer((request, response) => {
      used.push(request.headers.authorization);
      response.statusCode = request.headers.authorization === 'Bearer t2' ? 200 : 401;
      response.end('{}');
    });
    let current = 1;
    const bearer = {
      token: () => Promise.resolve(`t${current}`),
      refused: () => {
        current += 1;
        return true;
      },
    };
    using http = client({baseUrl: server.url, bearer});

    await http.send({method: 'GET', path: '/'});

    expect(used).toEqual(['Bearer t1', 'Bearer t2']);
  });

  it('takes the second 401 for an answer', async () => {
    await using server = await loopbackServer((_request, response) => {
      response.writeHead(401).end();
    });
    const bearer = {token: () => Promise.resolve('t'), refused: () => true};
    using http = client({baseUrl: server.url, bearer});

    const sent = http.send({method: 'GET', path: '/'});

    await expect(sent).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('refused the credentials'),
    });
  });

  it('gives an accepted refusal back and rejects any other', async () => {
    await using server = await loopbackServer((_request, response) => {
      response.writeHead(404).end('{"error_code":"NOT_FOUND"}');
    });
    using http = client({baseUrl: server.url});

    const accepted = await http.send({method: 'GET', path: '/', accept: [404]});

    expect(accepted).toEqual({status: 404, json: {error_code: 'NOT_FOUND'}});
    await expect(http.send({method: 'GET', path: '/'})).rejects.toMatchObject({
      failureType: 'config_error',
    });
  });

  it('takes a page for no data', async () => {
    await using server = await loopbackServer((_request, response) => {
      response.end('<html>Sign in</html>');
    });
    using http = client({baseUrl: server.url});

    await expect(http.send({method: 'GET', path: '/'})).rejects.toThrow(
      /a page instead of data/,
    );
  });

  it('follows no redirect', async () => {
    await using server = await loopbackServer((_request, response) => {
      response.writeHead(302, {Location: 'http://127.0.0.1:1/'}).end();
    });
    using http = client({baseUrl: server.url});

    await expect(http.send({method: 'GET', path: '/'})).rejects.toMatchObject({
      details: {status: 302},
    });
  });

  it('trusts a private authority besides the public ones', async () => {
    await using server = await loopbackServer(
      (_request, response) => {
        response.end('{}');
      },
      {isSecure: true},
    );
    using trusting = client({baseUrl: server.url, caCertificate: LOOPBACK_CERTIFICATE});
    using strict = client({baseUrl: server.url});

    await expect(trusting.send({method: 'GET', path: '/'})).resolves.toMatchObject({
      status: 200,
    });
    await expect(strict.send({method: 'GET', path: '/'})).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('"CA certificate"'),
    });
  });

  it('keeps trusting what the image trusts where it is given a private authority', async () => {
    await using server = await loopbackServer(
      (_request, response) => {
        response.end('{}');
      },
      {isSecure: true},
    );
    await using folder = await scratchFolder();
    const file = path.join(folder.path, 'image.pem');
    await writeFile(file, LOOPBACK_CERTIFICATE);
    const [another = ''] = rootCertificates;
    process.env['NODE_EXTRA_CA_CERTS'] = file;
    using http = client({baseUrl: server.url, caCertificate: another});

    await expect(http.send({method: 'GET', path: '/'})).resolves.toMatchObject({
      status: 200,
    });
  });

  it('goes through a proxy, and trusts the private authority behind it', async () => {
    await using server = await loopbackServer(
      (_request, response) => {
        response.end('{"behind":"proxy"}');
      },
      {isSecure: true},
    );
    await using proxy = await tunnelProxy();
    using http = client({
      baseUrl: server.url,
      caCertificate: LOOPBACK_CERTIFICATE,
      proxyUrl: `http://user:secret%21@127.0.0.1:${proxy.port}`,
    });

    const answer = await http.send({method: 'GET', path: '/'});

    expect(answer.json).toEqual({behind: 'proxy'});
    expect(proxy.credentials).toEqual(['user:secret!']);
  });

  it('says that the proxy refused, and never the password', async () => {
    await using proxy = await tunnelProxy(407);
    const proxyUrl = `http://user:hush-hush@127.0.0.1:${proxy.port}`;
    using http = client({baseUrl: 'https://127.0.0.1:1', proxyUrl});

    const sent = http.send({method: 'GET', path: '/'}).catch(String);

    expect(await sent).toContain('The proxy asks for credentials');
    expect(await sent).not.toContain('hush');
  });

  it('gives up soon where nobody listens', async () => {
    const pace = fakePace();
    using http = client({baseUrl: 'http://127.0.0.1:1', pace});

    const sent = http.send({method: 'GET', path: '/'});

    await expect(sent).rejects.toThrow(/refused the connection/);
    expect(pace.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(60_000);
  });
});

function client(options: Partial<HttpOptions> & {baseUrl: string}): Http & Disposable {
  const http = openHttp({userAgent: 'test', pace: fakePace(), ...options});
  return Object.assign(http, {
    [Symbol.dispose]: () => {
      http.close();
    },
  });
}

async function bodyOf(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function scratchFolder(): Promise<AsyncDisposable & {readonly path: string}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'http-'));
  return {
    path: folder,
    [Symbol.asyncDispose]: () => rm(folder, {recursive: true}),
  };
}
