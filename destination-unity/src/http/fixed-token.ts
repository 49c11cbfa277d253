import type {BearerTokens} from './http';

/** A token that the user gave; once refused it stays refused. */
export function fixedToken(token: string): BearerTokens {
  return {token: () => Promise.resolve(token), refused: () => false};
}
