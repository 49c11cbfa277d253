import {lookup} from 'node:dns/promises';
import * as net from 'node:net';
import * as tls from 'node:tls';

import {chainOf, describeShown, type ShownCertificates} from './certificate-shown';
import {faultOf, meaningOf, networkFailure, failureWithin} from './network-failure';
import {authorityOf, openTunnel, proxyHost} from './proxy-tunnel';
import {secureContext, type Proxy, type Trust} from './trust';

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

/** The way to PI Web API. */
export interface ProbeOptions {
  readonly timeoutMs: number;
  readonly trust: Trust;
  /** Undefined: straight. */
  readonly proxy?: Proxy | undefined;
}

/**
 * Resolves if the name of the host is known; behind a proxy, if that of the proxy is,
 * which alone must know the host. Rejects as `networkFailure` says.
 */
export async function probeName(
  {host}: Target,
  {proxy}: Pick<ProbeOptions, 'proxy'> = {},
): Promise<void> {
  try {
    await lookup(proxy === undefined ? host : targetOf(proxy.url).host);
  } catch (thrown) {
    throw proxy === undefined
      ? failure(thrown, host)
      : proxyFailure('PROXY_NAME_UNKNOWN', host, proxy);
  }
}

/** Resolves once the port, or that of the proxy, accepts a connection. */
export async function probeTcp(
  {host, port}: Target,
  {timeoutMs, proxy}: ProbeOptions,
): Promise<void> {
  const first = proxy === undefined ? {host, port} : targetOf(proxy.url);
  const socket = net.connect({host: first.host, port: first.port});
  try {
    await ready(socket, 'connect', timeoutMs);
  } catch (thrown) {
    if (proxy === undefined) throw failure(thrown, authorityOf(host, port));
    throw proxyFailure('PROXY_UNREACHABLE', authorityOf(host, port), proxy);
  } finally {
    discard(socket);
  }
}

/** Resolves once the proxy, if there is one, has opened the way. */
export async function probeProxy(target: Target, options: ProbeOptions): Promise<void> {
  const {socket} = await wayTo(target, options);
  if (socket !== undefined) discard(socket);
}

/**
 * Resolves once the certificate has been shown and is trusted. Nothing is sent. Where the
 * certificate is at fault, the failure tells what it is.
 */
export async function probeTls(target: Target, options: ProbeOptions): Promise<void> {
  const {host, port} = target;
  try {
    await handshake(target, options, secureContext(options.trust));
  } catch (thrown) {
    const fault = faultOf(thrown);
    const isCertificate = meaningOf(fault).layer === 'certificate';
    const shown = isCertificate ? await shownBy(target, options) : undefined;
    const name = options.trust.serverName;
    throw (
      failureWithin(thrown) ??
      networkFailure({...fault, host: authorityOf(host, port), name, shown})
    );
  }
}

/**
 * What the server shows, trusted or not: for the eyes of the user alone. This connection
 * is the only one that is not verified; nothing is sent over it, not even who we are.
 */
async function shownBy(
  target: Target,
  options: ProbeOptions,
): Promise<ShownCertificates | undefined> {
  const {serverName, minVersion} = options.trust;
  const stranger = secureContext({caCertificates: [], serverName, minVersion});
  try {
    const unverified = {...stranger, rejectUnauthorized: false};
    return describeShown(chainOf(await handshake(target, options, unverified)));
  } catch {
    // What is wrong has been found; this would only have said more of it.
    return undefined;
  }
}

/** Connects, shakes hands, closes. Resolves with the certificate that was shown. */
async function handshake(
  target: Target,
  options: ProbeOptions,
  settings: tls.ConnectionOptions,
): Promise<tls.DetailedPeerCertificate> {
  const {host} = target;
  const named = net.isIP(host) === 0 ? {servername: host} : {};
  const way = await wayTo(target, options);
  const socket = tls.connect({...way, ...named, ...settings});
  try {
    await ready(socket, 'secureConnect', options.timeoutMs);
    return socket.getPeerCertificate(true);
  } finally {
    discard(socket);
  }
}

interface Way {
  readonly host: string;
  readonly port: number;
  /** Of a proxy that leads there. */
  readonly socket?: net.Socket;
}

async function wayTo({host, port}: Target, options: ProbeOptions): Promise<Way> {
  const {proxy, trust, timeoutMs} = options;
  if (proxy === undefined) return {host, port};
  const socket = await openTunnel({proxy, host, port, trust, timeoutMs});
  return {host, port, socket};
}

async function ready(
  socket: net.Socket,
  event: 'connect' | 'secureConnect',
  timeoutMs: number,
): Promise<void> {
  const code = event === 'connect' ? 'CONNECT_TIMEOUT' : 'TLS_TIMEOUT';
  await new Promise<void>((resolve, reject) => {
    socket.once(event, resolve).once('error', reject);
    socket.setTimeout(timeoutMs, () => {
      reject(Object.assign(new RangeError('probe timeout'), {code}));
    });
  });
}

/** A late reset must not become an uncaught error. */
function discard(socket: net.Socket): void {
  socket.on('error', () => undefined).destroy();
}

function failure(thrown: unknown, host: string): Error {
  return networkFailure({...faultOf(thrown), host});
}

function proxyFailure(code: string, host: string, proxy: Proxy): Error {
  return networkFailure({code, text: '', host, proxy: proxyHost(proxy)});
}
