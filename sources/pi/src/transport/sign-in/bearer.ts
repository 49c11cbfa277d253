import {constantSignIn, type SignIn} from './sign-in';

/** A token that the user obtained; once refused it stays refused. */
export function bearerSignIn(token: string): SignIn {
  return constantSignIn(`Bearer ${token}`);
}
