import * as http from 'node:http';
import * as https from 'node:https';
import {isIP, type Socket} from 'node:net';

import {faultOf, networkFailure} from './network-failure';
import {proxyProof} from './proxy-rules';
import {secureContext, trustBesidePi, type Proxy, type Trust} from './trust';

/** The way through a proxy to a host. */
export interface TunnelOptions {
  readonly proxy: Proxy;
  readonly host: string;
  readonly port: number;
  /** For the proxy's own certificate, where it is spoken to over TLS. */
  readonly trust: Trust;
  /** For name, TCP, TLS and the answer of the proxy together. */
  readonly timeoutMs: number;
}

/**
 * Asks the proxy for a connection to a host (CONNECT) and resolves with it, for plain
 * HTTP as for TLS: so whatever the proxy refuses is known to be said by the proxy. Rejects
 * as `networkFailure` does, never with what looks like an answer of PI Web API.
 *
 * Not by an agent of a library: the check walks the same way without a request, and a
 * refusal must keep its status, and an IPv6 address its brackets.
 */
export function openTunnel(options: TunnelOptions): Promise<Socket> {
  const {timeoutMs} = options;
  const request = connectRequest(options);
  return new Promise((resolve, reject) => {
    const fail = (code: string, status?: number): void => {
      clearTimeout(timer);
      request.destroy();
      reject(failure(options, code, status));
    };
    const timer = setTimeout(() => {
      fail('PROXY_SILENT');
    }, timeoutMs);
    request.on('error', (thrown) => {
      fail(codeOf(thrown));
    });
    request.once('connect', ({statusCode = 0}, socket) => {
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        fail(refusalCode(options.proxy, statusCode), statusCode);
        return;
      }
      clearTimeout(timer);
      resolve(socket);
    });
    request.end();
  });
}

/** `proxy.example.com:3128`: where it is, for texts. */
export function proxyHost({url}: Proxy): string {
  return new URL(url).host;
}

/** `pi.example.com:443`, `[::1]:443`. */
export function authorityOf(host: string, port: number): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

function connectRequest({proxy, host, port, trust}: TunnelOptions): http.ClientRequest {
  const {hostname, port: proxyPort, protocol} = new URL(proxy.url);
  const isSecure = protocol === 'https:';
  const authority = authorityOf(host, port);
  const proof = proxyProof(proxy);
  const at = {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(proxyPort) || (isSecure ? 443 : 80),
    method: 'CONNECT',
    path: authority,
    setHost: false,
    agent: false,
    headers: {
      Host: authority,
      ...(proof !== undefined && {'Proxy-Authorization': `Basic ${proof}`}),
    },
  } as const;
  if (!isSecure) return http.request(at);
  return https.request({...at, ...secureContext(trustBesidePi(trust))});
}

function failure(
  {proxy, host, port}: TunnelOptions,
  code: string,
  status?: number,
): Error {
  return networkFailure({
    ...{code, text: '', host: authorityOf(host, port), proxy: proxyHost(proxy)},
    ...(status !== undefined && {proxyStatus: status}),
  });
}

function refusalCode({username}: Proxy, status: number): string {
  if (status === 407 || status === 401) {
    return username === undefined
      ? 'PROXY_WANTS_CREDENTIALS'
      : 'PROXY_REFUSED_CREDENTIALS';
  }
  if (status === 403) return 'PROXY_FORBIDS';
  return status >= 500 && status !== 501
    ? 'PROXY_TARGET_UNREACHABLE'
    : 'PROXY_NO_PROXY';
}

/** What stopped us before the proxy had said anything. */
function codeOf(thrown: unknown): string {
  const {code, text} = faultOf(thrown);
  if (text.startsWith('Parse Error')) return 'PROXY_NO_PROXY';
  return CODES[code] ?? 'PROXY_UNTRUSTED';
}

const CODES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'PROXY_NAME_UNKNOWN',
  EAI_AGAIN: 'PROXY_NAME_UNKNOWN',
  ECONNREFUSED: 'PROXY_UNREACHABLE',
  EHOSTUNREACH: 'PROXY_UNREACHABLE',
  ENETUNREACH: 'PROXY_UNREACHABLE',
  EADDRNOTAVAIL: 'PROXY_UNREACHABLE',
  ETIMEDOUT: 'PROXY_SILENT',
  ECONNRESET: 'PROXY_BROKE_OFF',
  EPIPE: 'PROXY_BROKE_OFF',
};
