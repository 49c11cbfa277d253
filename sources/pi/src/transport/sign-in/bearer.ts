import type {SignIn} from './sign-in';

/** A token that the user obtained; once refused it stays refused. */
export function bearerSignIn(token: string): SignIn {
  const header = `Bearer ${token}`;
  return {
    sign: () => Promise.resolve(header),
    refused: () => Promise.resolve('final'),
  };
}
