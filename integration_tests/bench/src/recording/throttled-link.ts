import {once} from 'node:events';
import {connect, createServer, type AddressInfo, type Socket} from 'node:net';

/** What a network between reader and server takes. */
export interface LinkCost {
  /** Milliseconds there and back. */
  readonly roundTripMs: number;
  /** Megabits (10^6) a second, each way, of all connections together. */
  readonly megabits: number;
}

/** A stand-in for a network: passes bytes on, later and not all at once. */
export interface ThrottledLink extends AsyncDisposable {
  readonly origin: string;
}

/** About what is under way on such a link; above it, the sender waits. */
const HELD_BYTES = 1024 * 1024;

/** Passes connections on a free port of the loopback on to a port of it. */
export async function startThrottledLink(
  port: number,
  cost: LinkCost,
): Promise<ThrottledLink> {
  const [there, back] = [new Direction(cost), new Direction(cost)];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const target = connect(port, '127.0.0.1');
    for (const socket of [client, target]) {
      sockets.add(socket.setNoDelay(true));
      socket.once('close', () => sockets.delete(socket));
      socket.on('error', () => {
        client.destroy();
        target.destroy();
      });
    }
    there.join(client, target);
    back.join(target, client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** One way of the link: bytes leave one behind the other at its rate, and arrive later. */
class Direction {
  readonly #delayMs: number;
  readonly #bytesPerMs: number;
  /** What is under way, in the order in which it was sent. */
  readonly #sent: (() => void)[] = [];
  #freeAt = 0;

  constructor({roundTripMs, megabits}: LinkCost) {
    this.#delayMs = roundTripMs / 2;
    this.#bytesPerMs = (megabits * 1e6) / 8 / 1000;
  }

  join(from: Socket, to: Socket): void {
    let held = 0;
    from.on('data', (chunk: Buffer) => {
      held += chunk.length;
      if (held > HELD_BYTES) from.pause();
      this.#later(chunk.length, () => {
        held -= chunk.length;
        if (held <= HELD_BYTES) from.resume();
        if (to.writable) to.write(chunk);
      });
    });
    from.on('end', () => this.#later(0, () => to.end()));
  }

  /** Timers may fire in another order: each lets the next one arrive, whichever it is. */
  #later(bytes: number, arrived: () => void): void {
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + bytes / this.#bytesPerMs;
    this.#sent.push(arrived);
    const arrive = (): void => this.#sent.shift()?.();
    setTimeout(arrive, this.#freeAt - now + this.#delayMs);
  }
}
