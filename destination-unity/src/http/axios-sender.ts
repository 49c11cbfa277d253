import type {AxiosInstance, AxiosStatic} from 'axios';

import {agents, type Agents} from './agents';
import type {HttpRequest} from './http';
import type {RequestBody} from './request-body';

export interface SenderOptions {
  /** Without a trailing slash: `https://dbc-1.cloud.databricks.com`. */
  readonly baseUrl: string;
  /** PEM text of the authorities to trust besides the public ones. */
  readonly caCertificate?: string | undefined;
  readonly proxyUrl?: string | undefined;
  readonly userAgent: string;
  /** Longest silence of the server. */
  readonly silenceMs: number;
}

/** An answer as it came, whatever its status. */
export interface Reply {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

export interface Sending {
  readonly request: HttpRequest;
  readonly body: RequestBody;
  readonly token: string | undefined;
}

/** A server that sends a byte now and then must not hold a request for ever. */
const LONGEST_REQUEST_MS = 1_800_000;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Sends requests by axios, each once. Nothing is loaded before the first. */
export class AxiosSender {
  readonly #options: SenderOptions;
  #agents: Agents | undefined;
  #axios: AxiosInstance | undefined;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Rejects, with whatever the socket threw, only if no whole answer came. */
  async send({request, body, token}: Sending): Promise<Reply> {
    const client = (this.#axios ??= this.#client());
    const {status, headers, data} = await client.request<unknown>({
      method: request.method,
      url: `${this.#options.baseUrl}${request.path}`,
      headers: {
        ...body.headers,
        ...request.headers,
        ...(token === undefined ? {} : {Authorization: `Bearer ${token}`}),
      },
      ...(body.data === undefined ? {} : {data: body.data()}),
      signal: AbortSignal.timeout(LONGEST_REQUEST_MS),
    });
    const retryAfter: unknown = headers['retry-after'];
    return {
      status,
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
      text: typeof data === 'string' ? data : '',
    };
  }

  close(): void {
    this.#agents?.httpAgent.destroy();
    this.#agents?.httpsAgent.destroy();
  }

  /** Required, not imported: that is one file instead of seventy. */
  #client(): AxiosInstance {
    const {silenceMs, userAgent} = this.#options;
    this.#agents = agents(this.#options);
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- half the time
    const axios = require('axios') as AxiosStatic;
    return axios.create({
      ...this.#agents,
      timeout: silenceMs,
      maxContentLength: MAX_ANSWER_BYTES,
      maxBodyLength: Infinity,
      // A redirect could carry the token to another host.
      maxRedirects: 0,
      proxy: false,
      responseType: 'text',
      transformResponse: [],
      validateStatus: () => true,
      headers: {Accept: 'application/json', 'User-Agent': userAgent},
    });
  }
}
