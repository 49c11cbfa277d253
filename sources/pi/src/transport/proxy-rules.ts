import {ConfigError} from 'airbyte-cdk-ts';
import {BlockList, isIP} from 'node:net';

import type {Proxy} from './trust';

/** The user's own settings; they go before the environment's. */
export interface ProxyRules {
  /** `http://host:port` or `https://host:port`. */
  readonly url?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** What is reached directly, by whichever proxy the rest goes. */
  readonly exceptions: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy on the way to `url`, or undefined for none.
 *
 * The proxy of the settings counts for every URL. Without one the environment's does:
 * `HTTPS_PROXY` for https, `HTTP_PROXY` for http, except for what `NO_PROXY` names; names
 * in lower case are looked at first. An exception is a name (with every name that ends in
 * it), an ending that begins with a dot or `*.`, an address, a network such as
 * `10.0.0.0/8`, each with or without `:port`, or `*`. The loopback interface is no
 * exception by itself.
 * @throws ConfigError for an address of a proxy that is none.
 */
export function proxyFor(
  url: string,
  rules: ProxyRules,
  environment: Environment,
): Proxy | undefined {
  const target = placeOf(new URL(url));
  if (rules.exceptions.some((entry) => covers(entry, target))) return undefined;
  if (rules.url !== undefined) {
    const {username, password} = rules;
    return {url: new URL(rules.url).origin, username, password};
  }
  const excepted = (read(environment, 'no_proxy') ?? '').split(/[\s,]+/);
  if (excepted.some((entry) => covers(entry, target))) return undefined;
  return environmentProxy(target.secure ? 'https_proxy' : 'http_proxy', environment);
}

/** What must never be shown of a proxy: its password, and the form in which it is sent. */
export function proxySecrets(proxy: Proxy | undefined): readonly string[] {
  const proof = proxy && proxyProof(proxy);
  if (proxy?.password === undefined || proof === undefined) return [];
  return [proxy.password, proof];
}

/** User and password as a proxy is sent them; undefined where there are none. */
export function proxyProof({username, password = ''}: Proxy): string | undefined {
  if (username === undefined) return undefined;
  return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}

interface Place {
  /** Lower case, without brackets and without a dot at the end. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

function placeOf({hostname, port, protocol}: URL): Place {
  const secure = protocol === 'https:';
  return {host: plainHost(hostname), port: Number(port) || (secure ? 443 : 80), secure};
}

function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

function covers(entry: string, {host, port}: Place): boolean {
  const {name, port: onlyPort} = entryOf(entry.trim());
  if (name === '' || (onlyPort !== undefined && onlyPort !== port)) return false;
  if (name === '*') return true;
  if (isIP(host) !== 0) return coversAddress(name, host);
  if (name.startsWith('.')) return host.endsWith(name);
  return host === name || host.endsWith(`.${name}`);
}

/** `name`, `name:443`, `[::1]:443` or `::1`, apart. `*.name` is `.name`. */
function entryOf(entry: string): {name: string; port: number | undefined} {
  const [, bracketed, name, port] =
    /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  const host = plainHost(bracketed ?? name ?? entry).replace(/^\*\./, '.');
  return {name: host, port: port === undefined ? undefined : Number(port)};
}

/** Addresses are compared by what they mean: `::1` is `0:0:0:0:0:0:0:1`. */
function coversAddress(name: string, host: string): boolean {
  const [address = '', bits] = name.split('/');
  if (isIP(address) === 0 || isIP(address) !== isIP(host)) return false;
  const [kind, whole] =
    isIP(host) === 6 ? (['ipv6', 128] as const) : (['ipv4', 32] as const);
  const prefix = prefixOf(bits ?? String(whole));
  if (prefix === undefined || prefix > whole) return false;
  const list = new BlockList();
  list.addSubnet(address, prefix, kind);
  return list.check(host, kind);
}

function prefixOf(bits: string): number | undefined {
  return /^\d+$/.test(bits) ? Number(bits) : undefined;
}

function read(environment: Environment, name: string): string | undefined {
  return environment[name] ?? environment[name.toUpperCase()];
}

function environmentProxy(name: string, environment: Environment): Proxy | undefined {
  const text = read(environment, name)?.trim() ?? '';
  if (text === '') return undefined;
  const url = proxyUrl(text);
  if (url === undefined) {
    throw new ConfigError(
      `The environment variable ${name.toUpperCase()} holds no address of a proxy such as http://proxy.example.com:3128. Correct it, or set the proxy under "Network".`,
    );
  }
  const {origin, username, password} = url;
  if (username === '') return {url: origin};
  return {url: origin, username: decoded(username), password: decoded(password)};
}

function proxyUrl(text: string): URL | undefined {
  const whole = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(whole)) return undefined;
  const url = new URL(whole);
  return /^https?:$/.test(url.protocol) ? url : undefined;
}

/** A password with a bare per cent sign was not encoded in the first place. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
