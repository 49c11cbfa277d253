import {
  ConfigError,
  SystemError,
  TransientError,
  type ConnectorError,
} from 'airbyte-cdk-ts';

/** An answer that is none of those asked for. */
export interface StatusFault {
  readonly status: number;
  readonly host: string;
  /** What the server said, cleaned by `saidBy`; empty where it said nothing. */
  readonly said: string;
}

const MEANINGS: Readonly<Record<number, (host: string) => string>> = {
  400: (host) => `${host} did not accept a request`,
  401: (host) =>
    `${host} refused the credentials: the token is wrong, has expired or was revoked. Put a new one into the configuration`,
  403: (host) =>
    `${host} knows the credentials and forbids the request: the principal lacks a permission, or this machine's address is not among those allowed`,
  404: (host) => `${host} does not know what it was asked for`,
  407: () =>
    'The proxy asks for credentials or refuses those given. Check user name and password in the proxy URL',
};

/** Whether the same request may do better later. */
export function passes(status: number): boolean {
  return status === 429 || status === 408 || (status >= 500 && status !== 501);
}

/** The failure that says who must act on a status. */
export function statusFailure({status, host, said}: StatusFault): ConnectorError {
  const tail = said === '' ? '.' : `: ${said}`;
  const options = {details: {status}};
  if (passes(status)) {
    return new TransientError(`${host} is not able to answer now${tail}`, options);
  }
  const say = MEANINGS[status];
  if (say !== undefined) return new ConfigError(`${say(host)}${tail}`, options);
  return new SystemError(
    `${host} gave an answer that is not understood${tail}`,
    options,
  );
}

const LONGEST_QUOTE = 300;

/** What an error body says (`message`, `error_description`, …), without signed URLs. */
export function saidBy(json: unknown): string {
  if (typeof json !== 'object' || json === null) return '';
  const words = ['error_code', 'error', 'message', 'error_description']
    .map((name): unknown => (json as Readonly<Record<string, unknown>>)[name])
    .filter((word) => typeof word === 'string' && word !== '');
  return withoutQueries(words.join(': ')).slice(0, LONGEST_QUOTE);
}

/** The text with the queries of URLs taken out: they sign, so they are secrets. */
export function withoutQueries(text: string): string {
  return text.replaceAll(/(https?:\/\/[^\s?'"<>]*)\?[^\s'"<>]*/gi, '$1?…');
}
