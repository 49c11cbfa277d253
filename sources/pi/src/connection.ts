import type {SourceContext} from 'airbyte-cdk-ts';

import type {Clock} from './client/clock';
import {PiHttp} from './client/pi-http';
import {RequestGate} from './client/request-gate';
import {Traffic} from './client/traffic';
import {
  baseUrlOf,
  caCertificatesOf,
  timeoutsOf,
  type PiConfig,
  type TimeoutsMs,
} from './config';
import {AxiosHttp} from './transport/axios-http';
import type {Http} from './transport/http';
import {basicSignIn} from './transport/sign-in/basic';
import {bearerSignIn} from './transport/sign-in/bearer';
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
  const http = new AxiosHttp({
    baseUrl: baseUrlOf(config),
    signIn: concealed(signInOf(config), context),
    ...timeouts,
    caCertificates: caCertificatesOf(config),
    maxSockets: maxConcurrency,
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

function signInOf({credentials}: PiConfig): SignIn {
  switch (credentials.auth_type) {
    case 'basic':
      return basicSignIn(credentials);
    case 'bearer':
      return bearerSignIn(credentials.token);
  }
}

/** What is sent in place of a secret is one as well. */
function concealed(signIn: SignIn, {conceal}: SourceContext): SignIn {
  let known: string | undefined;
  return {
    sign: async () => {
      const header = await signIn.sign();
      if (header !== known) conceal?.(header.slice(header.indexOf(' ') + 1));
      known = header;
      return header;
    },
    refused: (answer) => signIn.refused(answer),
  };
}
