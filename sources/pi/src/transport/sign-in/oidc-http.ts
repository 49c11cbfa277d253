import {ConfigError, type ConnectorError} from 'airbyte-cdk-ts';
import type {AxiosInstance, AxiosStatic} from 'axios';

import type {Agents} from '../agents';
import {failureWithin, faultOf, networkFailure} from '../network-failure';
import {oidcFailure} from './oidc-failures';

export interface ProviderRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly authorization?: string | undefined;
  /** In the form `a=b&c=d`, encoded. */
  readonly form?: string;
}

export interface ProviderAnswer {
  readonly status: number;
  readonly text: string;
}

export interface OidcHttpOptions {
  readonly readTimeoutMs: number;
  readonly agentsTo: (url: string) => Agents;
}

const MAX_ANSWER_BYTES = 1024 * 1024;
/** A provider that sends a byte now and then must not hold a sync for ever. */
const WHOLE_ANSWER_FACTOR = 5;

/**
 * The way to an OpenID provider: every answer resolves, whatever its status; a redirect is
 * an answer; an answer that does not come rejects with `OIDC_PROVIDER_UNREACHABLE` or
 * `OIDC_PROVIDER_NOT_TRUSTED`.
 */
export class OidcHttp {
  readonly #options: OidcHttpOptions;
  readonly #agents = new Map<string, Agents>();
  #axios: AxiosInstance | undefined;

  constructor(options: OidcHttpOptions) {
    this.#options = options;
  }

  async send(request: ProviderRequest): Promise<ProviderAnswer> {
    const {method, url, authorization, form} = request;
    const client = (this.#axios ??= this.#client());
    const {httpAgent, httpsAgent} = this.#agentsTo(url);
    const limitMs = this.#options.readTimeoutMs * WHOLE_ANSWER_FACTOR;
    try {
      const {status, data} = await client.request<string>({
        ...{method, url, httpAgent, httpsAgent},
        headers: authorization === undefined ? {} : {Authorization: authorization},
        ...(form === undefined ? {} : {data: form}),
        signal: AbortSignal.timeout(limitMs),
      });
      return {status, text: data};
    } catch (thrown) {
      throw unreached(thrown, url);
    }
  }

  close(): void {
    for (const agents of this.#agents.values()) agents.close();
    this.#agents.clear();
  }

  #agentsTo(url: string): Agents {
    const {origin} = new URL(url);
    const known = this.#agents.get(origin);
    if (known !== undefined) return known;
    const made = this.#options.agentsTo(url);
    this.#agents.set(origin, made);
    return made;
  }

  /** Required, not imported: that is one file instead of seventy. */
  #client(): AxiosInstance {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- half the time
    const axios = require('axios') as AxiosStatic;
    return axios.create({
      timeout: this.#options.readTimeoutMs,
      maxContentLength: MAX_ANSWER_BYTES,
      maxRedirects: 0,
      proxy: false,
      responseType: 'text',
      transformResponse: [],
      validateStatus: () => true,
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
    });
  }
}

/** The origin is left out on purpose: it carries the secret. */
function unreached(thrown: unknown, url: string): ConnectorError {
  const {host, protocol} = new URL(url);
  const {code, text} = faultOf(thrown);
  const isPlain = protocol === 'http:';
  const fault =
    failureWithin(thrown) ??
    networkFailure({code: CODES[code] ?? code, text, host, isPlain});
  const isSetting = fault instanceof ConfigError;
  const id = isSetting ? 'OIDC_PROVIDER_NOT_TRUSTED' : 'OIDC_PROVIDER_UNREACHABLE';
  const because = isSetting
    ? fault.message.replaceAll('base URL', 'address of the provider')
    : firstSentence(fault.message);
  return oidcFailure(id, {host, because, fault: code});
}

/** What happened; the remedies behind it speak of PI Web API. */
function firstSentence(message: string): string {
  return message.split(/(?<=\.)\s/, 1).join('');
}

const CODES: Readonly<Record<string, string>> = {
  ECONNABORTED: 'READ_TIMEOUT',
  ETIMEDOUT: 'READ_TIMEOUT',
  ERR_CANCELED: 'READ_TIMEOUT',
  ERR_BAD_RESPONSE: 'BODY_CUT',
};
