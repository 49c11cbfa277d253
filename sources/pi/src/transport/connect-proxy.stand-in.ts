import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import type {Duplex} from 'node:stream';

import {LOOPBACK_CERTIFICATE, LOOPBACK_KEY} from './loopback-certificate.stand-in';
import {listening, type LoopbackServer} from './loopback-server.stand-in';

/** What a proxy was asked for. */
interface AskedWay {
  readonly url: string | undefined;
  readonly proof: string | undefined;
}

export interface ConnectProxy extends LoopbackServer {
  readonly asked: readonly AskedWay[];
}

/** A proxy on the loopback interface that opens every way, or none, with a status. */
export function connectProxy(status = 200, secure = false): Promise<ConnectProxy> {
  const identity = {cert: LOOPBACK_CERTIFICATE, key: LOOPBACK_KEY};
  const server = secure ? https.createServer(identity) : http.createServer();
  const asked: AskedWay[] = [];
  const open = new Set<Duplex>();
  server.on('connect', ({url, headers}: http.IncomingMessage, socket: Duplex) => {
    asked.push({url, proof: headers['proxy-authorization']});
    open.add(socket.on('error', () => undefined));
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\nno`);
      return;
    }
    const port = Number(/:(\d+)$/.exec(url ?? '')?.[1]);
    const way = net.connect({host: '127.0.0.1', port}, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      way.pipe(socket).pipe(way);
    });
    open.add(way.on('error', () => socket.destroy()));
  });
  const listens = listening(server, () => {
    for (const socket of open) socket.destroy();
    server.closeAllConnections();
  });
  return listens.then((listener) => Object.assign(listener, {asked}));
}
