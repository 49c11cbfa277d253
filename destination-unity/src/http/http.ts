/**
 * One request below the base URL. A passing failure is followed by the same request
 * again, so it must be one whose repetition changes nothing.
 */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With a leading slash, query included, percent-encoded. */
  readonly path: string;
  /** At most one of these: a JSON body, the members of a form, the path of a file. */
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly file?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Refusals the caller knows what to do with: 404 where absence is an answer. */
  readonly accept?: readonly number[];
}

export interface HttpAnswer {
  readonly status: number;
  /** The body as JSON; undefined where it is empty or none. */
  readonly json: unknown;
}

/** Tokens for the header `Authorization: Bearer`. */
export interface BearerTokens {
  /** One that should be valid for the next request. */
  token(): Promise<string>;
  /** Told that a token was refused; answers whether `token` may now give a better one. */
  refused(token: string): boolean;
}

/**
 * The way to one server that speaks HTTP and JSON.
 *
 * `send` resolves with a 2xx answer or an accepted one. What passes (429, 408, 5xx, a
 * broken connection) it waits out with full jitter, heeding `Retry-After`, within a
 * bound; then it rejects with a `TransientError`. What does not pass rejects at once with
 * a `ConfigError` that names the host and what to do. No redirect is followed.
 */
export interface Http {
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Ends the connections that are kept open. */
  close(): void;
}

/** Time and chance, so that tests can give them. */
export interface Pace {
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
}
