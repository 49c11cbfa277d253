import type {Agents} from '../agents';
import type {HttpAnswer} from '../http';

/**
 * Sends the request once more, with this `Authorization` header, or with none. Agents of
 * one's own are for methods that sign in a connection instead of a request.
 */
export type Attempt = (
  authorization: string | undefined,
  agents?: Agents,
) => Promise<HttpAnswer>;

/** One method of proving who we are. */
export interface SignIn {
  /**
   * Sends a request as often as the method has to, and resolves with the last answer,
   * also with a refusal that the server gives no reason for. Rejects with a `ConfigError`
   * or a `TransientError` where it knows why it was refused, or has no proof to send.
   * Called side by side.
   */
  exchange(attempt: Attempt): Promise<HttpAnswer>;
  /** Gives back what was made for it: files, connections. */
  close(): void;
}

/** A header that is the same with every request. */
export function constantSignIn(authorization: string | undefined): SignIn {
  return {
    exchange: (attempt) => attempt(authorization),
    close: () => undefined,
  };
}
