import fc from 'fast-check';

import {connectProxy} from './connect-proxy.stand-in';
import {httpServer, silentServer} from './loopback-server.stand-in';
import {openTunnel, type TunnelOptions} from './proxy-tunnel';

const WAY = {
  host: 'pi.test',
  port: 443,
  trust: {caCertificates: []},
  timeoutMs: 5000,
} as const;

describe('openTunnel', () => {
  it.each([
    [407, {}, 'config_error', 'PROXY_WANTS_CREDENTIALS'],
    [407, {username: 'u', password: 'x'}, 'config_error', 'PROXY_REFUSED_CREDENTIALS'],
    [401, {username: 'u', password: 'x'}, 'config_error', 'PROXY_REFUSED_CREDENTIALS'],
    [403, {}, 'config_error', 'PROXY_FORBIDS'],
    [404, {}, 'config_error', 'PROXY_NO_PROXY'],
    [405, {}, 'config_error', 'PROXY_NO_PROXY'],
    [500, {}, 'transient_error', 'PROXY_TARGET_UNREACHABLE'],
    [503, {}, 'transient_error', 'PROXY_TARGET_UNREACHABLE'],
  ])('says what a %d of the proxy means (%j)', async (...given) => {
    const [status, account, failureType, code] = given;
    await using server = await connectProxy(status);

    await expect(to(server.port, account)).rejects.toMatchObject({
      failureType,
      details: {code, proxy_status: status},
      message: expect.stringContaining(`127.0.0.1:${server.port}`),
    });
  });

  it('puts the address of a host into brackets where it has colons', async () => {
    await using server = await connectProxy(403);

    await expect(to(server.port, {}, {host: '::1'})).rejects.toThrow('[::1]:443');

    expect(server.asked[0]?.url).toBe('[::1]:443');
  });

  it('says that nobody listens where the proxy should be', async () => {
    const {port} = await closedServer();

    await expect(to(port)).rejects.toMatchObject({
      details: {code: 'PROXY_UNREACHABLE'},
    });
  });

  it('says that the name of the proxy is not known', async () => {
    const proxy = {url: 'http://proxy.invalid:3128'};

    await expect(openTunnel({...WAY, proxy})).rejects.toThrow('proxy.invalid:3128');
  });

  it('does not wait for ever for a silent proxy', async () => {
    await using server = await silentServer();

    await expect(to(server.port, {}, {timeoutMs: 500})).rejects.toMatchObject({
      details: {code: 'PROXY_SILENT'},
    });
  });

  it('tells a web server from a proxy', async () => {
    await using server = await httpServer((_, response) => response.end());

    await expect(to(server.port)).rejects.toMatchObject({
      details: {code: 'PROXY_BROKE_OFF'},
    });
  });

  it('trusts a proxy over TLS only as it was told', async () => {
    await using server = await connectProxy(200, true);
    const proxy = {url: `https://localhost:${server.port}`};

    await expect(openTunnel({...WAY, proxy})).rejects.toMatchObject({
      failureType: 'config_error',
      details: {code: 'PROXY_UNTRUSTED'},
    });
    expect(server.asked).toEqual([]);
  });

  it('never shows the password', async () => {
    await using server = await connectProxy(407);

    const text = fc.string({unit: 'grapheme', minLength: 6});
    await fc.assert(
      fc.asyncProperty(text, async (password) => {
        const failure = await to(server.port, {username: 'u', password}).catch(String);

        expect(failure).toContain('refused its user or password');
        expect(failure).not.toContain(Buffer.from(`u:${password}`).toString('base64'));
      }),
      {seed: 1, numRuns: 30},
    );
    expect(server.asked).toHaveLength(30);
  });
});

function to(
  port: number,
  account: object = {},
  way: Partial<TunnelOptions> = {},
): Promise<unknown> {
  return openTunnel({
    ...WAY,
    proxy: {url: `http://127.0.0.1:${port}`, ...account},
    ...way,
  });
}

async function closedServer(): Promise<{port: number}> {
  await using server = await silentServer();
  return {port: server.port};
}
