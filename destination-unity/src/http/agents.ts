import {readFileSync} from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import {createSecureContext, rootCertificates, type SecureContext} from 'node:tls';

import {ConfigError} from 'airbyte-cdk-ts';
import {HttpsProxyAgent} from 'https-proxy-agent';

import {pemBlocks} from './pem';

export interface AgentOptions {
  /** PEM text of the authorities that are trusted besides the public ones. */
  readonly caCertificate?: string | undefined;
  /** `http://user:password@proxy:3128`; requests go through a tunnel. */
  readonly proxyUrl?: string | undefined;
  /** Longest silence of a connection, its making included. */
  readonly silenceMs: number;
}

export interface Agents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: http.Agent;
}

/** Connections kept open between requests. */
export function agents({caCertificate, proxyUrl, silenceMs}: AgentOptions): Agents {
  const kept = {keepAlive: true, timeout: silenceMs};
  const trusting = {...kept, ...trust(caCertificate)};
  if (proxyUrl === undefined || proxyUrl === '') {
    return {httpAgent: new http.Agent(kept), httpsAgent: new https.Agent(trusting)};
  }
  const tunnel = new TunnelAgent(checkedProxy(proxyUrl), trusting);
  return {httpAgent: tunnel, httpsAgent: tunnel};
}

/** The proxy's agent trusts its authorities at the proxy only; here also behind it. */
class TunnelAgent extends HttpsProxyAgent<string> {
  readonly #trust: Trust;

  constructor(proxy: URL, options: https.AgentOptions & Trust) {
    super(proxy, options);
    const {secureContext} = options;
    this.#trust = secureContext === undefined ? {} : {secureContext};
  }

  override connect(
    ...[request, options]: Parameters<HttpsProxyAgent<string>['connect']>
  ): ReturnType<HttpsProxyAgent<string>['connect']> {
    return super.connect(request, {...options, ...this.#trust});
  }
}

/** What connections of one agent trust, read once: it is 150 certificates. */
interface Trust {
  readonly secureContext?: SecureContext;
}

/**
 * The authorities to trust, public ones included: Node forgets its own where it is given
 * some. Nothing of its own where the text holds none.
 */
function trust(caCertificate: string | undefined): Trust {
  const own = pemBlocks(caCertificate ?? '');
  if (own.length === 0) return {};
  const ca = [...rootCertificates, ...authoritiesOfTheImage(), ...own];
  return {secureContext: createSecureContext({ca})};
}

/** Those of `NODE_EXTRA_CA_CERTS`; Node passes over a file that it cannot read, too. */
function authoritiesOfTheImage(): readonly string[] {
  const file = process.env['NODE_EXTRA_CA_CERTS'] ?? '';
  try {
    return file === '' ? [] : pemBlocks(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}

/** The proxy's URL; a `ConfigError` where it is none. The URL is never shown. */
export function checkedProxy(proxyUrl: string): URL {
  const parsed = URL.canParse(proxyUrl) ? new URL(proxyUrl) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new ConfigError(
      'The proxy URL cannot be read. It is written http://host:port or http://user:password@host:port.',
    );
  }
  return parsed;
}
