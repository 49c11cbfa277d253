import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';

import {linkFaults} from './links';

describe('linkFaults', () => {
  it('believes in pages that answer, or that want a sign-in', async () => {
    await using server = await answering();

    const links = [200, 401, 403, 405].map((status) => server.link(status));

    expect(await linkFaults(links)).toEqual([]);
  });

  it('names what is not there, and what does not answer', async () => {
    await using server = await answering();

    expect(
      await linkFaults([server.link(404), server.link(500), 'http://[::1]:2/']),
    ).toEqual([
      `${server.link(404)} answers 404`,
      `${server.link(500)} answers 500`,
      expect.stringContaining('http://[::1]:2/ does not answer'),
    ]);
  });
});

/** A server that answers with the status in the path. */
async function answering() {
  const server = createServer(({url = ''}, response) => {
    response.writeHead(Number(url.slice(1))).end('page');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  return {
    link: (status: number) => `http://127.0.0.1:${port}/${status}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
