import type {IncomingMessage} from 'node:http';

import {agents} from './agents';
import {AxiosHttp} from './axios-http';
import {connectProxy} from './connect-proxy.stand-in';
import {
  LOOPBACK_CERTIFICATE,
  LOOPBACK_KEY,
  LOOPBACK_PFX,
} from './loopback-certificate.stand-in';
import {
  demandingServer,
  httpServer,
  httpsServer,
  silentServer,
} from './loopback-server.stand-in';
import {anonymousSignIn} from './sign-in/anonymous';
import type {Proxy, Trust} from './trust';

const GET = {method: 'GET', path: 'system/userinfo'} as const;

describe('agents', () => {
  it('shows its own certificate where one is demanded', async () => {
    await using server = await demandingServer((_, response) => response.end('{}'));
    const baseUrl = `https://localhost:${server.port}/piwebapi`;
    const caCertificates = [LOOPBACK_CERTIFICATE];
    const pem = {certificate: LOOPBACK_CERTIFICATE, key: LOOPBACK_KEY};
    const pfx = {
      archive: Buffer.from(LOOPBACK_PFX, 'base64'),
      passphrase: 'opensesame',
    };
    await using byPem = over(baseUrl, {
      caCertificates,
      clientCertificate: {format: 'pem', ...pem},
    });
    await using byPfx = over(baseUrl, {
      caCertificates,
      clientCertificate: {format: 'pfx', ...pfx},
    });
    await using stranger = over(baseUrl, {caCertificates});

    await expect(byPem.send(GET)).resolves.toMatchObject({status: 200});
    await expect(byPfx.send(GET)).resolves.toMatchObject({status: 200});
    await expect(stranger.send(GET)).rejects.toThrow(/certificate|connection/);
  });

  it('looks for the name it was told in the certificate', async () => {
    await using server = await httpsServer((_, response) => response.end('{}'));
    const baseUrl = `https://127.0.0.1:${server.port}/piwebapi`;
    const caCertificates = [LOOPBACK_CERTIFICATE];
    const named = {caCertificates, serverName: 'localhost'};
    await using http = over(baseUrl, named);
    await using wrong = over(baseUrl, {...named, serverName: 'pi.test'});

    await expect(http.send(GET)).resolves.toMatchObject({status: 200});
    await expect(wrong.send(GET)).rejects.toMatchObject({
      details: {code: 'ERR_TLS_CERT_ALTNAME_INVALID'},
    });
  });

  it.each(['http', 'https'])('goes by the proxy to %s', async (scheme) => {
    const isSecure = scheme === 'https';
    const make = isSecure ? httpsServer : httpServer;
    const headers: IncomingMessage['headers'][] = [];
    await using server = await make((request, response) => {
      headers.push(request.headers);
      response.end('{}');
    });
    await using proxy = await connectProxy();
    await using http = over(
      `${scheme}://localhost:${server.port}/piwebapi`,
      {caCertificates: [LOOPBACK_CERTIFICATE]},
      {url: `http://127.0.0.1:${proxy.port}`, username: 'u', password: 'word'},
    );

    const first = await http.send(GET);
    const second = await http.send(GET);

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(proxy.asked).toEqual([
      {url: `localhost:${server.port}`, proof: 'Basic dTp3b3Jk'},
    ]);
    expect(headers[0]).not.toHaveProperty('proxy-authorization');
  });

  it('never takes the refusal of a proxy for an answer of PI', async () => {
    await using proxy = await connectProxy(407);
    await using http = over(
      'http://localhost:1/piwebapi',
      {caCertificates: []},
      {url: `http://127.0.0.1:${proxy.port}`},
    );

    await expect(http.send(GET)).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('proxy user'),
      details: {code: 'PROXY_WANTS_CREDENTIALS', proxy_status: 407},
    });
  });

  it('waits no longer than it may for a handshake behind a proxy', async () => {
    await using server = await silentServer();
    await using proxy = await connectProxy();
    const baseUrl = `https://localhost:${server.port}/piwebapi`;
    const way = {url: `http://127.0.0.1:${proxy.port}`};
    await using http = over(baseUrl, {caCertificates: []}, way);

    await expect(http.send(GET)).rejects.toMatchObject({
      details: {code: 'TLS_TIMEOUT'},
    });
  });
});

function over(
  baseUrl: string,
  trust: Trust,
  proxy?: Proxy,
): AxiosHttp & AsyncDisposable {
  const http = new AxiosHttp({
    baseUrl,
    signIn: anonymousSignIn(),
    agents: agents({connectTimeoutMs: 1000, trust, proxy, maxSockets: 4}),
    readTimeoutMs: 5000,
    userAgent: 'test',
  });
  const close = (): Promise<void> => {
    http.close();
    return Promise.resolve();
  };
  return Object.assign(http, {[Symbol.asyncDispose]: close});
}
