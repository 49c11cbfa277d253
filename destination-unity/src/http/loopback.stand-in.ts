import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import type {Duplex} from 'node:stream';

import type {Pace} from './http';

/**
 * A self-signed certificate for `localhost` and `127.0.0.1`, valid until 2099, and its
 * key: of use to tests on the loopback interface and to nothing else.
 */
export const LOOPBACK_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBaDCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjA5OTEyMzEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNHMqgX4VtAtt0un
cSDnTW7+l4oceqKVbX3YvySzygenhmx+3ZnHTXIW/9SM2ucLn/NA25+x+XCl+cZ+
OeeyhcKjTjBMMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAPBgNVHRMBAf8E
BTADAQH/MB0GA1UdDgQWBBQNFlrl2irDe/dDBbp4Owreo0ca0TAKBggqhkjOPQQD
AgNJADBGAiEAjii4cQjpjPAB2s2yMEUFk8VPYvZLuavVgzG6eWuc9yYCIQD+Om1l
KQrpNs9Cdo7VN0BOwsu+ACjdjHn9qnSi3JlmFA==
-----END CERTIFICATE-----
`;

const LOOPBACK_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgFQj2nWv0TbmPxBzK
AVlabVbYXmYjQOaL6COAXNyhsd6hRANCAATRzKoF+FbQLbdLp3Eg501u/peKHHqi
lW192L8ks8oHp4Zsft2Zx01yFv/UjNrnC5/zQNufsflwpfnGfjnnsoXC
-----END PRIVATE KEY-----
`;

/** A server on a free port of the loopback interface. */
export interface LoopbackServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  readonly raw: http.Server;
}

/** Answers HTTP, or with `isSecure` HTTPS, by a listener. */
export async function loopbackServer(
  listener: http.RequestListener,
  {isSecure = false} = {},
): Promise<LoopbackServer> {
  const identity = {cert: LOOPBACK_CERTIFICATE, key: LOOPBACK_KEY};
  const server = isSecure
    ? https.createServer(identity, listener)
    : http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as net.AddressInfo;
  return {
    port,
    raw: server,
    url: `${isSecure ? 'https' : 'http'}://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Time that passes only by sleeping, and the sleeps it took. */
export function fakePace(): Pace & {readonly slept: number[]} {
  let nowMs = Date.UTC(2026, 2, 1);
  const slept: number[] = [];
  return {
    slept,
    nowMs: () => nowMs,
    random: () => 0.5,
    sleep: (ms) => {
      slept.push(ms);
      nowMs += ms;
      return Promise.resolve();
    },
  };
}

/** A proxy, and the credentials it was shown. */
export interface TunnelProxy extends AsyncDisposable {
  readonly port: number;
  readonly credentials: string[];
}

/** A proxy that knows CONNECT, or refuses it with a status. */
export async function tunnelProxy(refusal?: number): Promise<TunnelProxy> {
  const credentials: string[] = [];
  const sockets: Duplex[] = [];
  const server = await loopbackServer(() => undefined);
  server.raw.on('connect', (request, client) => {
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal} Refused\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const [, code = ''] = request.headers['proxy-authorization']?.split(' ') ?? [];
    credentials.push(Buffer.from(code, 'base64').toString());
    const [host, port] = (request.url ?? '').split(':');
    const target = net.connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      client.pipe(target).pipe(client);
    });
    target.on('error', () => client.destroy());
    client.on('error', () => target.destroy());
    sockets.push(client, target);
  });
  return {
    port: server.port,
    credentials,
    [Symbol.asyncDispose]: async () => {
      // Tunnels are no longer the server's, so it would wait for them.
      for (const socket of sockets) socket.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}
