/** One request below the base URL. Signing, compression and time-outs are not its matter. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Below the base URL, without a leading slash, query included and percent-encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
  /** The body of the answer is lent: `release` it as soon as it has been read. */
  readonly isLent?: boolean;
}

/** What came back, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed. */
  readonly body: Buffer;
}

/**
 * The way to one PI Web API.
 *
 * `send` resolves with every answer, also with a refusal, and rejects with a
 * `ConfigError` or `TransientError` only if no whole answer came: see `networkFailure`.
 * A GET is sent on to another path below the base URL, and nowhere else: the credentials
 * reach no other host.
 */
export interface Http {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  send(request: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer>;
  /**
   * Takes back the body of an answer that was lent. It must not be looked at any more:
   * another answer will stand there.
   */
  release(body: Buffer): void;
  /** Ends the connections that are kept open. */
  close(): void;
}
