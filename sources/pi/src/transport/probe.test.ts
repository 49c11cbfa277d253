import {connectProxy} from './connect-proxy.stand-in';
import {LOOPBACK_CERTIFICATE} from './loopback-certificate.stand-in';
import {httpServer, httpsServer, silentServer} from './loopback-server.stand-in';
import {probeName, probeProxy, probeTcp, probeTls, targetOf} from './probe';

const OPTIONS = {timeoutMs: 5000, trust: {caCertificates: []}};

describe('targetOf', () => {
  it.each([
    ['https://pi.test/piwebapi', {host: 'pi.test', port: 443, secure: true}],
    ['http://pi.test/piwebapi', {host: 'pi.test', port: 80, secure: false}],
    ['https://[::1]:8443/piwebapi', {host: '::1', port: 8443, secure: true}],
  ])('reads %s', (baseUrl, target) => {
    expect(targetOf(baseUrl)).toEqual(target);
  });
});

describe('probeName', () => {
  it('passes for an address', async () => {
    await expect(
      probeName({host: '127.0.0.1', port: 1, secure: false}),
    ).resolves.toBeUndefined();
  });
});

describe('probeTcp', () => {
  it('passes where a port is open and fails where it is not', async () => {
    const server = await silentServer();
    const target = {host: '127.0.0.1', port: server.port, secure: false};

    await expect(probeTcp(target, OPTIONS)).resolves.toBeUndefined();
    await server[Symbol.asyncDispose]();
    await expect(probeTcp(target, OPTIONS)).rejects.toMatchObject({
      details: {code: 'ECONNREFUSED'},
    });
  });
});

describe('probeTls', () => {
  it('passes for a certificate that is trusted and fails for one that is not', async () => {
    await using server = await httpsServer(() => undefined);
    const target = {host: 'localhost', port: server.port, secure: true};

    await expect(
      probeTls(target, {
        ...OPTIONS,
        trust: {caCertificates: [LOOPBACK_CERTIFICATE]},
      }),
    ).resolves.toBeUndefined();
    await expect(probeTls(target, OPTIONS)).rejects.toMatchObject({
      failureType: 'config_error',
    });
  });

  it('tells what was shown where it is not trusted', async () => {
    await using server = await httpsServer(() => undefined);
    const target = {host: 'localhost', port: server.port, secure: true};

    await expect(probeTls(target, OPTIONS)).rejects.toThrow(
      /subject "CN=localhost", issuer "CN=localhost", valid from 2020-01-01T00:00:00.000Z to 2099-12-31T00:00:00.000Z, SHA-256 (..:){31}..,/,
    );
  });

  it('looks for the name it was told', async () => {
    await using server = await httpsServer(() => undefined);
    const target = {host: '127.0.0.1', port: server.port, secure: true};
    const trust = {caCertificates: [LOOPBACK_CERTIFICATE], serverName: 'pi.test'};

    await expect(probeTls(target, {...OPTIONS, trust})).rejects.toThrow(
      'made out to DNS:localhost, IP Address:127.0.0.1',
    );
  });

  it.each([false, true])('walks through a proxy (over TLS: %s)', async (isSecure) => {
    await using server = await httpsServer(() => undefined);
    await using proxy = await connectProxy(200, isSecure);
    const url = `${isSecure ? 'https' : 'http'}://localhost:${proxy.port}`;
    const target = {host: 'localhost', port: server.port, secure: true};
    const trust = {caCertificates: [LOOPBACK_CERTIFICATE]};
    const options = {...OPTIONS, trust, proxy: {url}};

    await probeName({...target, host: 'known-to-the-proxy.invalid'}, options);
    await probeTcp(target, options);
    await probeProxy(target, options);
    await probeTls(target, options);

    expect(proxy.asked).toHaveLength(2);
  });

  it('names a port that does not speak TLS', async () => {
    await using server = await httpServer(() => undefined);
    const target = {host: '127.0.0.1', port: server.port, secure: true};

    await expect(probeTls(target, OPTIONS)).rejects.toThrow('does not speak TLS');
  });

  it('does not wait for ever', async () => {
    await using server = await silentServer();
    const target = {host: '127.0.0.1', port: server.port, secure: true};

    await expect(probeTls(target, {...OPTIONS, timeoutMs: 500})).rejects.toMatchObject({
      details: {code: 'TLS_TIMEOUT'},
    });
  });
});
