import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';

import {LOOPBACK_CERTIFICATE, LOOPBACK_KEY} from './loopback-certificate.stand-in';

/** A server on a free port of the loopback interface. */
export interface LoopbackServer extends AsyncDisposable {
  readonly port: number;
}

/** Answers HTTP by a listener. */
export function httpServer(listener: http.RequestListener): Promise<LoopbackServer> {
  const server = http.createServer(listener);
  return listening(server, () => {
    server.closeAllConnections();
  });
}

/** The same over TLS, with a certificate that nobody knows. */
export function httpsServer(listener: http.RequestListener): Promise<LoopbackServer> {
  return secureServer({}, listener);
}

/** The same; whoever shows no certificate that it knows is not let in. */
export function demandingServer(
  listener: http.RequestListener,
): Promise<LoopbackServer> {
  const demand = {
    requestCert: true,
    rejectUnauthorized: true,
    ca: LOOPBACK_CERTIFICATE,
  };
  return secureServer(demand, listener);
}

function secureServer(
  options: https.ServerOptions,
  listener: http.RequestListener,
): Promise<LoopbackServer> {
  const identity = {cert: LOOPBACK_CERTIFICATE, key: LOOPBACK_KEY};
  const server = https.createServer({...identity, ...options}, listener);
  return listening(server, () => {
    server.closeAllConnections();
  });
}

/** Accepts connections and stays silent. */
export function silentServer(): Promise<LoopbackServer> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
  });
  return listening(server, () => {
    for (const socket of sockets) socket.destroy();
  });
}

/** Listens on a free port; disposing cuts what is open. */
export async function listening(
  server: net.Server,
  cut: () => void,
): Promise<LoopbackServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as net.AddressInfo;
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
