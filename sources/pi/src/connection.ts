import type {SourceContext} from 'airbyte-cdk-ts';

import type {Clock} from './client/clock';
import {PiHttp} from './client/pi-http';
import {RequestGate} from './client/request-gate';
import {Traffic} from './client/traffic';
import {
  baseUrlOf,
  proxyRulesOf,
  timeoutsOf,
  trustOf,
  type PiConfig,
  type TimeoutsMs,
} from './config';
import {signInOf} from './sign-in-of';
import {agents, type Agents} from './transport/agents';
import {AxiosHttp} from './transport/axios-http';
import {extraAuthorities} from './transport/extra-authorities';
import type {Http} from './transport/http';
import {proxyFor, proxySecrets, type Environment} from './transport/proxy-rules';
import {acceptsOldTls, trustBesidePi, type Proxy, type Trust} from './transport/trust';

export interface ConnectionOptions {
  readonly config: PiConfig;
  readonly context: SourceContext;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly timeouts?: TimeoutsMs;
  readonly maxAttempts?: number;
  /** Where proxies are looked up that the configuration does not name. */
  readonly environment?: Environment;
}

/** The way to PI Web API that a configuration describes. */
export interface Connection {
  readonly http: Http;
  /** Whom is trusted, and through which proxy it goes. */
  readonly route: Route;
  readonly pi: PiHttp;
  readonly traffic: Traffic;
}

export function connect(options: ConnectionOptions): Connection {
  const {
    config,
    context,
    userAgent,
    timeouts = timeoutsOf(config),
    maxAttempts,
  } = options;
  const {max_concurrency: maxConcurrency} = config.load;
  const {connectTimeoutMs} = timeouts;
  const route = routeTo(baseUrlOf(config), options);
  if (acceptsOldTls(route.trust)) context.log.warn(OLD_TLS);
  const agentsTo = (url: string, maxSockets: number): Agents =>
    agents({connectTimeoutMs, maxSockets, ...routeTo(url, options)});
  const http = new AxiosHttp({
    baseUrl: baseUrlOf(config),
    signIn: signInOf({config, context, timeouts, agentsTo}),
    agents: agentsTo(baseUrlOf(config), maxConcurrency),
    readTimeoutMs: timeouts.readTimeoutMs,
    userAgent,
  });
  const {clock} = options;
  const {signal, rateLimit} = context;
  const traffic = new Traffic();
  const gate = new RequestGate({
    maxConcurrency,
    maxRequestsPerSecond: config.load.max_requests_per_second,
    clock,
    signal,
    traffic,
  });
  const attempts = maxAttempts === undefined ? {} : {maxAttempts};
  const own = {http, gate, clock, signal, rateLimit, traffic, ...attempts};
  return {http, route, pi: new PiHttp(own), traffic};
}

const OLD_TLS =
  'TLS versions below 1.2 are allowed: what travels can be read and changed on the way. Have TLS 1.2 enabled on the PI server, then raise "Oldest TLS version" again.';

interface Route {
  readonly trust: Trust;
  readonly proxy: Proxy | undefined;
}

/** With one authority of the user's, Node would forget those of the machine. */
function remembering(trust: Trust, environment: Environment): Trust {
  const {caCertificates} = trust;
  if (caCertificates.length === 0) return trust;
  return {
    ...trust,
    caCertificates: [...caCertificates, ...extraAuthorities(environment)],
  };
}

/** The way to an address: PI Web API's, or that of a server beside it. */
function routeTo(url: string, options: ConnectionOptions): Route {
  const {config, context, environment = process.env} = options;
  const proxy = proxyFor(url, proxyRulesOf(config), environment);
  for (const secret of proxySecrets(proxy)) context.conceal?.(secret);
  const trust = remembering(trustOf(config), environment);
  const isPi = new URL(url).origin === new URL(baseUrlOf(config)).origin;
  return {trust: isPi ? trust : trustBesidePi(trust), proxy};
}
