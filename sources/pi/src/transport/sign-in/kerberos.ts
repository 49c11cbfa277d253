import {ConfigError} from 'airbyte-cdk-ts';

import type {KerberosCredentials} from '../../config-kerberos';
import type {SignIn} from './sign-in';

export interface KerberosOptions {
  readonly credentials: KerberosCredentials;
  /** Of the base URL: the service principal, unless the credentials name another. */
  readonly host: string;
}

export function kerberosSignIn(options: KerberosOptions): SignIn {
  throw new ConfigError(`Not built yet: ${options.host}`);
}
