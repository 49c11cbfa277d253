import type {SourceContext} from 'airbyte-cdk-ts';

import type {Clock} from './client/clock';
import {PiHttp} from './client/pi-http';
import {RequestGate} from './client/request-gate';
import {Traffic} from './client/traffic';
import {baseUrlOf, trustOf, timeoutsOf, type PiConfig, type TimeoutsMs} from './config';
import {agents, type Agents} from './transport/agents';
import {AxiosHttp} from './transport/axios-http';
import type {Http} from './transport/http';
import {anonymousSignIn} from './transport/sign-in/anonymous';
import {basicProof, basicSignIn} from './transport/sign-in/basic';
import {bearerSignIn} from './transport/sign-in/bearer';
import {kerberosSignIn} from './transport/sign-in/kerberos';
import {ntlmSignIn} from './transport/sign-in/ntlm';
import {oidcSignIn} from './transport/sign-in/oidc';
import type {SignIn} from './transport/sign-in/sign-in';

export interface ConnectionOptions {
  readonly config: PiConfig;
  readonly context: SourceContext;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly timeouts?: TimeoutsMs;
  readonly maxAttempts?: number;
}

/** The way to PI Web API that a configuration describes. */
export interface Connection {
  readonly http: Http;
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
  const way = wayTo(config, timeouts);
  const http = new AxiosHttp({
    baseUrl: baseUrlOf(config),
    signIn: signInOf(options, way),
    agents: way(baseUrlOf(config), maxConcurrency),
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
  return {http, pi: new PiHttp(own), traffic};
}

/** Makes the connections to an address, at most so many at once. */
type Way = (url: string, maxSockets: number) => Agents;

function wayTo(config: PiConfig, {connectTimeoutMs}: TimeoutsMs): Way {
  const trust = trustOf(config);
  return (_url, maxSockets) => agents({connectTimeoutMs, trust, maxSockets});
}

function signInOf(options: ConnectionOptions, way: Way): SignIn {
  const {config, context, timeouts = timeoutsOf(config)} = options;
  const {credentials, load} = config;
  const baseUrl = baseUrlOf(config);
  switch (credentials.auth_type) {
    case 'anonymous':
      return anonymousSignIn();
    case 'basic':
      context.conceal?.(basicProof(credentials));
      return basicSignIn(credentials);
    case 'bearer':
      return bearerSignIn(credentials.token);
    case 'kerberos':
      return kerberosSignIn({credentials, host: new URL(baseUrl).hostname});
    case 'ntlm':
      return ntlmSignIn({
        credentials,
        lanes: load.max_concurrency,
        laneAgents: () => way(baseUrl, 1),
      });
    case 'oidc':
      return oidcSignIn({
        credentials,
        baseUrl,
        readTimeoutMs: timeouts.readTimeoutMs,
        agentsTo: (url) => way(url, 1),
        conceal: (secret) => context.conceal?.(secret),
      });
  }
}
