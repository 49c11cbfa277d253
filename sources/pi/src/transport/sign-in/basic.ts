import type {SignIn} from './sign-in';

export interface BasicCredentials {
  /** Also `DOMAIN\user` or `user@domain`. */
  readonly username: string;
  readonly password: string;
}

/** Basic authentication; user name and password travel as UTF-8. */
export function basicSignIn({username, password}: BasicCredentials): SignIn {
  const header = `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
  return {
    sign: () => Promise.resolve(header),
    refused: () => Promise.resolve('final'),
  };
}
