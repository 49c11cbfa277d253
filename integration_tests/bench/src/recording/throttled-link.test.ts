import {once} from 'node:events';
import {connect, createServer, type AddressInfo} from 'node:net';

import {startThrottledLink} from './throttled-link';

/** Answers every connection with so many bytes. */
async function withSender(
  bytes: number,
  tried: (port: number) => Promise<void>,
): Promise<void> {
  const body = Buffer.alloc(bytes, 'abcdefg');
  const server = createServer((socket) => {
    socket.once('data', () => socket.end(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await tried((server.address() as AddressInfo).port);
  server.close();
  await once(server, 'close');
}

describe('startThrottledLink', () => {
  it('passes all bytes on in order, not before the link could carry them', async () => {
    const bytes = 2_000_000;
    await withSender(bytes, async (port) => {
      await using link = await startThrottledLink(port, {
        roundTripMs: 20,
        megabits: 80,
      });
      const started = performance.now();
      const socket = connect(Number(new URL(link.origin).port), '127.0.0.1');
      socket.write('?');
      const chunks: Buffer[] = [];
      for await (const chunk of socket) chunks.push(chunk as Buffer);

      expect(Buffer.concat(chunks).equals(Buffer.alloc(bytes, 'abcdefg'))).toBe(true);
      // 80 Mbit/s are 10,000 bytes a millisecond.
      expect(performance.now() - started).toBeGreaterThan(200);
    });
  });
});
