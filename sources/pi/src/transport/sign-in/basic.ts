import {constantSignIn, type SignIn} from './sign-in';

export interface BasicCredentials {
  /** Also `DOMAIN\user` or `user@domain`. */
  readonly username: string;
  readonly password: string;
}

/** Basic authentication; user name and password travel as UTF-8. */
export function basicSignIn(credentials: BasicCredentials): SignIn {
  return constantSignIn(`Basic ${basicProof(credentials)}`);
}

/** What is sent in place of the password, and is as secret. */
export function basicProof({username, password}: BasicCredentials): string {
  return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}
