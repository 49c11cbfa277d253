import type {Readable} from 'node:stream';

import {TransientError} from 'airbyte-cdk-ts';
import type {AxiosInstance, AxiosResponse, AxiosStatic} from 'axios';

import type {Agents} from './agents';
import {SharedMemory, UNSHARED} from './body-memory';
import type {Http, HttpAnswer, HttpRequest} from './http';
import {inflating} from './inflate';
import {failureWithin, faultOf, networkFailure} from './network-failure';
import {readBody} from './read-body';
import {redirectedPath} from './redirect';
import type {SignIn} from './sign-in/sign-in';

export interface AxiosHttpOptions {
  /** Without a trailing slash: `https://pi.example.com/piwebapi`. */
  readonly baseUrl: string;
  readonly signIn: SignIn;
  /** The connections to send over, closed together with this. */
  readonly agents: Agents;
  /** Longest silence of the server; the whole answer may take five times as long. */
  readonly readTimeoutMs: number;
  readonly userAgent: string;
  /** Bytes of a decompressed answer above which it is given up. */
  readonly maxAnswerBytes?: number;
}

const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
/** A server that sends a byte now and then must not hold a request for ever. */
const WHOLE_ANSWER_FACTOR = 5;
const MAX_REDIRECTS = 3;

/** `Http` by axios: bytes in, bytes out, one signed request at a time per socket. */
export class AxiosHttp implements Http {
  readonly baseUrl: string;
  readonly #options: AxiosHttpOptions;
  readonly #maxAnswerBytes: number;
  readonly #memory = new SharedMemory();
  #axios: AxiosInstance | undefined;

  constructor(options: AxiosHttpOptions) {
    this.baseUrl = options.baseUrl;
    this.#options = options;
    this.#maxAnswerBytes = options.maxAnswerBytes ?? MAX_ANSWER_BYTES;
  }

  async send(request: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer> {
    let answer = await this.#exchange(request, signal);
    if (request.method !== 'GET') return answer;
    for (let hop = 0; hop < MAX_REDIRECTS; hop++) {
      const path = redirectedPath(this.baseUrl, request.path, answer);
      if (path === undefined) return answer;
      answer = await this.#exchange({...request, path}, signal);
    }
    return answer;
  }

  /** Signs and sends; a redirect is another request, with a proof of its own. */
  async #exchange(request: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer> {
    return await this.#options.signIn.exchange((authorization, agents) =>
      this.#sendOnce({...request, authorization, agents}, signal),
    );
  }

  release(body: Buffer): void {
    this.#memory.give(body);
  }

  close(): void {
    this.#options.signIn.close();
    this.#options.agents.close();
  }

  async #sendOnce(request: SignedRequest, signal?: AbortSignal): Promise<HttpAnswer> {
    const {readTimeoutMs} = this.#options;
    const client = (this.#axios ??= this.#client());
    const limit = new TimeLimit(readTimeoutMs * WHOLE_ANSWER_FACTOR, signal);
    try {
      const response = await client.request<Readable>({
        method: request.method,
        url: `${this.baseUrl}/${request.path}`,
        headers: headersOf(request),
        ...(request.agents === undefined ? {} : nodeAgents(request.agents)),
        ...(request.body === undefined ? {} : {data: request.body}),
        signal: limit.signal,
      });
      return await this.#answer(response, request);
    } catch (thrown) {
      signal?.throwIfAborted();
      throw this.#failure(thrown);
    } finally {
      limit.clear();
    }
  }

  async #answer(
    {status, headers: sent, data}: AxiosResponse<Readable>,
    {isLent = false}: HttpRequest,
  ): Promise<HttpAnswer> {
    const headers = plainHeaders(sent);
    const mostBytes = this.#maxAnswerBytes;
    const silenceMs = this.#options.readTimeoutMs;
    const toldBytes = Number(headers['content-length'] ?? 0) || 0;
    // A refusal is never given back.
    const memory = isLent && status < 300 ? this.#memory : UNSHARED;
    const encoding = headers['content-encoding'];
    const isPlain = encoding === undefined;
    const limits = {mostBytes, silenceMs, toldBytes};
    const ofAnswer = {...limits, ownsChunks: true};
    const received = await readBody(data, ofAnswer, isPlain ? memory : UNSHARED);
    const zip = inflating(received, encoding);
    if (zip === undefined) return {status, headers, body: received};
    const {through} = zip;
    through.end(received);
    const told = {...limits, toldBytes: zip.toldBytes};
    return {status, headers, body: await readBody(through, told, memory)};
  }

  /**
   * Loaded with the first request: `spec` and `discover` do without. Required, not
   * imported: that is one file instead of seventy.
   */
  #client(): AxiosInstance {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- half the time
    const axios = require('axios') as AxiosStatic;
    const {userAgent, readTimeoutMs} = this.#options;
    return axios.create({
      ...nodeAgents(this.#options.agents),
      timeout: readTimeoutMs,
      maxRedirects: 0,
      proxy: false,
      responseType: 'stream',
      decompress: false,
      transformResponse: [],
      validateStatus: () => true,
      headers: {
        Accept: 'application/json',
        'Accept-Encoding': 'gzip',
        'User-Agent': userAgent,
        'X-Requested-With': 'XMLHttpRequest',
      },
    });
  }

  /** The origin is left out on purpose: it carries the signed header. */
  #failure(thrown: unknown): Error {
    const known = failureWithin(thrown);
    if (known !== undefined) return known;
    const {code, text} = faultOf(thrown);
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      return new TransientError(
        'An answer of PI Web API was larger than is taken in.',
        {
          details: {status: 413, limit_bytes: this.#maxAnswerBytes},
        },
      );
    }
    const {host, protocol} = new URL(this.baseUrl);
    const isPlain = protocol === 'http:';
    return networkFailure({code: CODES[code] ?? code, text, host, isPlain});
  }
}

/** Ends a request after a time or with the sync, and leaves nothing behind. */
class TimeLimit {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #abort = (): void => {
    this.#controller.abort();
  };

  constructor(
    limitMs: number,
    private readonly outer: AbortSignal | undefined,
  ) {
    this.#timer = setTimeout(this.#abort, limitMs);
    if (outer?.aborted === true) this.#abort();
    outer?.addEventListener('abort', this.#abort, {once: true});
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.outer?.removeEventListener('abort', this.#abort);
  }
}

interface SignedRequest extends HttpRequest {
  readonly authorization: string | undefined;
  /** Other connections than the usual ones. */
  readonly agents: Agents | undefined;
}

function headersOf({headers, body, authorization}: SignedRequest): AxiosHeaders {
  return {
    ...headers,
    ...(body === undefined ? {} : {'Content-Type': 'application/json'}),
    ...(authorization === undefined ? {} : {Authorization: authorization}),
  };
}

type AxiosHeaders = Record<string, string>;

function nodeAgents({httpAgent, httpsAgent}: Agents): Omit<Agents, 'close'> {
  return {httpAgent, httpsAgent};
}

/** Names in lower case. */
function plainHeaders(headers: AxiosResponse['headers']): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return plain;
}

const CODES: Readonly<Record<string, string>> = {
  ECONNABORTED: 'READ_TIMEOUT',
  ETIMEDOUT: 'READ_TIMEOUT',
  ERR_CANCELED: 'READ_TIMEOUT',
};
