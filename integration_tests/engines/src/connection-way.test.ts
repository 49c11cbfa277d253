import {tunnelProxy} from '../../../destination-unity/src/http/loopback.stand-in';
import {failing, PRINCIPAL, Stand} from './connection.stand-in';

const UNAVAILABLE = {status: 503};

describe('the way to a warehouse', () => {
  it('renews the token of a service principal at once after a 401', async () => {
    await using stand = await Stand.open();
    const warehouse = stand.warehouse({authentication: PRINCIPAL});
    await warehouse.run('SELECT 1');
    stand.tokens.expireIssued();

    const rows = await warehouse.run('SELECT 1');

    expect(rows).toEqual([{n: '1'}]);
    expect(stand.slept).toEqual([]);
    expect(new Set(stand.concealed).size).toBe(2);
  });

  it('renews the token of a service principal ahead of its end', async () => {
    await using stand = await Stand.open();
    const warehouse = stand.warehouse({authentication: PRINCIPAL});
    await warehouse.run('SELECT 1');
    stand.pass(56 * 60_000);
    const unauthorized = failing(0, ({kind}) => kind === 'token', UNAVAILABLE);
    stand.before = unauthorized;

    await Promise.all([warehouse.run('SELECT 1'), warehouse.run('SELECT 1')]);

    expect(unauthorized.seen()).toBe(1);
    expect(stand.concealed).toHaveLength(2);
  });

  it('says that a personal token was refused', async () => {
    await using stand = await Stand.open();
    const authentication = {kind: 'token', token: 'dapi-old'} as const;

    const run = stand.warehouse({authentication}).run('SELECT 1');

    await expect(run).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('refused the credentials'),
    });
    await expect(run).rejects.not.toThrow(/dapi-old/);
  });

  it('says that a service principal was refused', async () => {
    await using stand = await Stand.open();
    const authentication = {...PRINCIPAL, clientSecret: 'old-secret'};

    const run = stand.warehouse({authentication}).run('SELECT 1');

    await expect(run).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('client secret is wrong'),
    });
  });

  it('says at once what an unknown authority means', async () => {
    await using stand = await Stand.open();

    const run = stand.warehouse({caCertificate: undefined}).run('SELECT 1');

    await expect(run).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('"CA certificate"'),
    });
    expect(stand.slept).toEqual([]);
  });

  it('gives up soon on an address where nobody ever answered', async () => {
    await using stand = await Stand.open();

    const run = stand.warehouse({port: 1}).run('SELECT 1');

    await expect(run).rejects.toThrow(/refused the connection/);
    expect(stand.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(60_000);
  });

  it('goes through a proxy, and trusts a private authority behind it', async () => {
    await using proxy = await tunnelProxy();
    await using stand = await Stand.open();
    const proxyUrl = `http://user:pass%21word@127.0.0.1:${proxy.port}`;

    const rows = await stand.warehouse({proxyUrl}).run('SELECT 1');

    expect(rows).toEqual([{n: '1'}]);
    expect(new Set(proxy.credentials)).toEqual(new Set(['user:pass!word']));
  });

  it('says that the proxy refused, and never its password', async () => {
    await using stand = await Stand.open();
    await using proxy = await tunnelProxy(407);
    const proxyUrl = `http://user:hush-hush@127.0.0.1:${proxy.port}`;

    const said = await stand.warehouse({proxyUrl}).run('SELECT 1').catch(String);

    expect(said).toMatch(/^The proxy asks for credentials/);
    expect(said).not.toContain('hush');
  });

  it('names the setting when the HTTP path is unknown', async () => {
    await using stand = await Stand.open();

    const run = stand.warehouse({httpPath: '/sql/1.0/warehouses/none'}).run('SELECT 1');

    await expect(run).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('HTTP path'),
    });
  });
});
