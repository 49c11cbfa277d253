import {constantSignIn, type SignIn} from './sign-in';

/** No proof at all, for PI Web API servers that let everyone in. */
export function anonymousSignIn(): SignIn {
  return constantSignIn(undefined);
}
