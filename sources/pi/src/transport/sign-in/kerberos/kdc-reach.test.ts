import {createServer, type Server} from 'node:net';
import {once} from 'node:events';

import {kdcReach} from './kdc-reach';

const REALM = 'PLANT.EXAMPLE';

describe('kdcReach', () => {
  it('names the centre that it gets furthest with', async () => {
    const {server, port} = await listening();
    const closed = await closedPort();
    const kdcs = [`127.0.0.1:${closed}`, `127.0.0.1:${port}`];

    await expect(kdcReach({realm: REALM, kdcs}, {timeoutMs: 5000})).resolves.toEqual({
      id: 'KERBEROS_KDC_SILENT',
      kdc: `127.0.0.1:${port}`,
    });

    server.close();
  });

  it('tells a closed port', async () => {
    const kdc = `127.0.0.1:${await closedPort()}`;

    await expect(
      kdcReach({realm: REALM, kdcs: [kdc]}, {timeoutMs: 5000}),
    ).resolves.toEqual({id: 'KERBEROS_KDC_REFUSES', kdc});
  });

  it('asks DNS where no centre was given, and says when there is none', async () => {
    const {server, port} = await listening();
    const found = await kdcReach(
      {realm: REALM, kdcs: []},
      {timeoutMs: 5000, find: () => Promise.resolve([`[::ffff:127.0.0.1]:${port}`])},
    );
    const none = await kdcReach(
      {realm: REALM, kdcs: []},
      {timeoutMs: 5000, find: () => Promise.reject(new RangeError('ENOTFOUND'))},
    );

    expect(found.id).toBe('KERBEROS_KDC_SILENT');
    expect(none.id).toBe('KERBEROS_NO_KDC');

    server.close();
  });
});

async function listening(): Promise<{server: Server; port: number}> {
  const server = createServer((socket) => socket.on('error', () => undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {server, port: typeof address === 'object' ? (address?.port ?? 0) : 0};
}

async function closedPort(): Promise<number> {
  const {server, port} = await listening();
  server.close();
  await once(server, 'close');
  return port;
}
