import {lookup} from 'node:dns/promises';
import * as net from 'node:net';
import * as tls from 'node:tls';

import {faultOf, networkFailure} from './network-failure';
import {secureContext, type Trust} from './trust';

/** Where PI Web API is, as its base URL says. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

export function targetOf(baseUrl: string): Target {
  const {hostname, port, protocol} = new URL(baseUrl);
  const secure = protocol === 'https:';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return {host, port: port === '' ? (secure ? 443 : 80) : Number(port), secure};
}

/** Resolves if the host's name is known; rejects as `networkFailure` says. */
export async function probeName({host}: Target): Promise<void> {
  try {
    await lookup(host);
  } catch (thrown) {
    throw failure(thrown, host);
  }
}

export interface ProbeOptions {
  readonly timeoutMs: number;
  readonly trust: Trust;
}

/** Resolves once the port accepts a connection. */
export async function probeTcp(
  {host, port}: Target,
  {timeoutMs}: ProbeOptions,
): Promise<void> {
  await opened(net.connect({host, port}), {event: 'connect', host, timeoutMs});
}

/** Resolves once the certificate has been shown and is trusted. Nothing is sent. */
export async function probeTls(
  {host, port}: Target,
  {timeoutMs, trust}: ProbeOptions,
): Promise<void> {
  const servername = net.isIP(host) === 0 ? {servername: host} : {};
  const socket = tls.connect({host, port, ...servername, ...secureContext(trust)});
  await opened(socket, {event: 'secureConnect', host, timeoutMs});
}

interface Opening {
  readonly event: 'connect' | 'secureConnect';
  readonly host: string;
  readonly timeoutMs: number;
}

async function opened(socket: net.Socket, opening: Opening): Promise<void> {
  const {event, host, timeoutMs} = opening;
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once(event, resolve).once('error', reject);
      socket.setTimeout(timeoutMs, () => {
        reject(
          Object.assign(new RangeError('probe timeout'), {code: 'CONNECT_TIMEOUT'}),
        );
      });
    });
  } catch (thrown) {
    throw failure(thrown, host);
  } finally {
    // A late reset must not become an uncaught error.
    socket.on('error', () => undefined).destroy();
  }
}

function failure(thrown: unknown, host: string): Error {
  return networkFailure({...faultOf(thrown), host});
}
