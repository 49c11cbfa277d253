import type {SourceContext} from 'airbyte-cdk-ts';

import {baseUrlOf, type PiConfig, type TimeoutsMs} from './config';
import type {Agents} from './transport/agents';
import {anonymousSignIn} from './transport/sign-in/anonymous';
import {basicProof, basicSignIn} from './transport/sign-in/basic';
import {bearerSignIn} from './transport/sign-in/bearer';
import {kerberosSignIn} from './transport/sign-in/kerberos';
import {ntlmSignIn} from './transport/sign-in/ntlm';
import {oidcSignIn} from './transport/sign-in/oidc';
import type {SignIn} from './transport/sign-in/sign-in';

export interface SignInOptions {
  readonly config: PiConfig;
  readonly context: SourceContext;
  readonly timeouts: TimeoutsMs;
  /** Makes the connections to an address, at most so many at once. */
  readonly agentsTo: (url: string, maxSockets: number) => Agents;
}

/** The way in that a configuration describes. */
export function signInOf(options: SignInOptions): SignIn {
  const {config, context, timeouts, agentsTo} = options;
  const {credentials, load} = config;
  const baseUrl = baseUrlOf(config);
  const conceal = (secret: string): void => context.conceal?.(secret);
  switch (credentials.auth_type) {
    case 'anonymous':
      return anonymousSignIn();
    case 'basic':
      conceal(basicProof(credentials));
      return basicSignIn(credentials);
    case 'bearer':
      return bearerSignIn(credentials.token);
    case 'kerberos':
      return kerberosSignIn({credentials, host: new URL(baseUrl).hostname});
    case 'ntlm':
      return ntlmSignIn({
        credentials,
        lanes: load.max_concurrency,
        laneAgents: () => agentsTo(baseUrl, 1),
      });
    case 'oidc':
      return oidcSignIn({
        ...{credentials, baseUrl, conceal},
        concealPassing: (secret) => context.concealPassing?.(secret),
        readTimeoutMs: timeouts.readTimeoutMs,
        agentsTo: (url) => agentsTo(url, 1),
      });
  }
}
