import {ConfigError, type ConnectorError} from 'airbyte-cdk-ts';

import {AxiosSender, type Reply, type SenderOptions} from './axios-sender';
import {backoffMs, retryAfterMs} from './backoff';
import type {BearerTokens, Http, HttpAnswer, HttpRequest, Pace} from './http';
import {faultKind, networkFailure, networkFaultOf} from './network-failure';
import {requestBody, type RequestBody} from './request-body';
import {passes, saidBy, statusFailure} from './status-failure';

export interface HttpOptions extends Omit<SenderOptions, 'silenceMs'> {
  readonly bearer?: BearerTokens | undefined;
  readonly pace: Pace;
  /** How long passing failures of one request are waited out. Default: five minutes. */
  readonly patienceMs?: number;
  /** Default: two minutes. */
  readonly silenceMs?: number;
}

const PATIENCE_MS = 300_000;
const SILENCE_MS = 120_000;
/** How long nobody answering at all is taken for an outage. */
const ABSENCE_MS = 60_000;

/** The way to a server; nothing is loaded or opened before the first request. */
export function openHttp(options: HttpOptions): Http {
  return new PatientHttp(options);
}

interface Failed {
  readonly failure: ConnectorError;
  /** How long after the first failure another try is worth it; negative: never. */
  readonly worthMs: number;
  readonly askedMs?: number | undefined;
  /** The token of a 401. */
  readonly refusedToken?: string | undefined;
}

type Try = {readonly answer: HttpAnswer} | Failed;

class PatientHttp implements Http {
  readonly #options: HttpOptions;
  readonly #sender: AxiosSender;
  readonly #host: string;
  readonly #patienceMs: number;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#host = new URL(options.baseUrl).host;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.#sender = new AxiosSender({silenceMs: SILENCE_MS, ...options});
  }

  async send(request: HttpRequest): Promise<HttpAnswer> {
    const {pace} = this.#options;
    const body = await requestBody(request);
    let firstFailureMs: number | undefined;
    let renewals = 0;
    for (let failures = 1; ; failures += 1) {
      const outcome = await this.#try(request, body);
      if ('answer' in outcome) return outcome.answer;
      if (renewals === 0 && this.#mayRenew(outcome)) {
        renewals += 1;
        continue;
      }
      const {failure, worthMs, askedMs} = outcome;
      firstFailureMs ??= pace.nowMs();
      const waitMs = backoffMs({failures, random: pace.random, askedMs});
      if (pace.nowMs() + waitMs - firstFailureMs > worthMs) throw failure;
      await pace.sleep(waitMs);
    }
  }

  close(): void {
    this.#sender.close();
  }

  #mayRenew({refusedToken}: Failed): boolean {
    return (
      refusedToken !== undefined && this.#options.bearer?.refused(refusedToken) === true
    );
  }

  async #try(request: HttpRequest, body: RequestBody): Promise<Try> {
    const token = await this.#options.bearer?.token();
    try {
      const reply = await this.#sender.send({request, body, token});
      return this.#judged(reply, request, token);
    } catch (thrown) {
      const fault = networkFaultOf(thrown);
      const worth = {
        lasting: -1,
        absent: Math.min(ABSENCE_MS, this.#patienceMs),
        passing: this.#patienceMs,
      };
      return {
        failure: networkFailure(fault, this.#host),
        worthMs: worth[faultKind(fault)],
      };
    }
  }

  #judged(reply: Reply, request: HttpRequest, token: string | undefined): Try {
    const {status, text, retryAfter} = reply;
    const json = parsed(text);
    if (isWelcome(status)) {
      const isPage = json === undefined && text.trim() !== '';
      return isPage
        ? {failure: notJson(this.#host), worthMs: -1}
        : {answer: {status, json}};
    }
    if (request.accept?.includes(status)) return {answer: {status, json}};
    return {
      failure: statusFailure({status, host: this.#host, said: saidBy(json)}),
      worthMs: passes(status) ? this.#patienceMs : -1,
      askedMs: retryAfterMs(retryAfter, this.#options.pace.nowMs()),
      refusedToken: status === 401 ? token : undefined,
    };
  }
}

function isWelcome(status: number): boolean {
  return status >= 200 && status < 300;
}

function notJson(host: string): ConnectorError {
  return new ConfigError(
    `${host} answered with a page instead of data. A proxy or a sign-in page may stand between; check host and path.`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
