import {ConfigError} from 'airbyte-cdk-ts';

import type {OidcCredentials} from '../../config-oidc';
import type {Agents} from '../agents';
import type {SignIn} from './sign-in';

export interface OidcOptions {
  readonly credentials: OidcCredentials;
  /** Of PI Web API, which names its provider where the credentials do not. */
  readonly baseUrl: string;
  readonly readTimeoutMs: number;
  /** The way to the provider: for its address, through the proxy or not. */
  readonly agentsTo: (url: string) => Agents;
  /** What must never be shown: tokens. */
  readonly conceal: (secret: string) => void;
}

export function oidcSignIn(options: OidcOptions): SignIn {
  throw new ConfigError(`Not built yet: ${options.baseUrl}`);
}
