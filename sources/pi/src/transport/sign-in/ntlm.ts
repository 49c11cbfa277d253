import {ConfigError} from 'airbyte-cdk-ts';

import type {NtlmCredentials} from '../../config-credentials';
import type {Agents} from '../agents';
import type {SignIn} from './sign-in';

export interface NtlmOptions {
  readonly credentials: NtlmCredentials;
  /** Connections that are signed in, at most so many. */
  readonly lanes: number;
  /** Agents of one connection each. */
  readonly laneAgents: () => Agents;
}

export function ntlmSignIn(options: NtlmOptions): SignIn {
  throw new ConfigError(`Not built yet: ${options.lanes}`);
}
