import {SystemError, type ErrorDetails, type RateLimitListener} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type {Http, HttpAnswer, HttpRequest} from '../transport/http';
import {judge, judgeBatch} from './answer';
import type {Clock} from './clock';
import {failureOf, failureOfNetwork, isOverload, type Failure} from './failure';
import {DEFAULT_MAX_COUNT_LIMIT, maxCountLimitIn} from './max-count-limit';
import {type PassingFailure, TOO_MANY_REQUESTS} from './passing-failure';
import {pathWithQuery, type Query} from './query';
import type {Judgement, RequestGate} from './request-gate';
import {retryAfterMs, retryDelayMs} from './retry-delay';
import type {Traffic} from './traffic';

export interface PiHttpOptions {
  readonly http: Http;
  readonly gate: RequestGate;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly rateLimit: RateLimitListener;
  /** Where requests and waits are written down. */
  readonly traffic: Traffic;
  /** 1 for a check, where the user waits. */
  readonly maxAttempts?: number;
}

/** What is asked of PI Web API, as path parts (encoded here) and query. */
export interface PiQuery {
  readonly path: readonly string[];
  readonly query?: Query;
  /** Metadata that must not be five minutes old; never for archive data. */
  readonly fresh?: boolean;
}

const MAX_ATTEMPTS = 6;
/** Where asking for less may help, asking the same again helps little. */
const MAX_SAME_ATTEMPTS = 3;

/** What else there is to say of a batch. */
export interface BatchOptions extends Pick<HttpRequest, 'isLent'> {
  /** Told how long each attempt was under way. */
  readonly onTime?: ((elapsedMs: number) => void) | undefined;
}

interface TimedRequest extends HttpRequest, Pick<BatchOptions, 'onTime'> {}

/** `bytes`: of the answer. */
type Result<T> =
  {readonly value: T; readonly bytes: number} | {readonly failure: Failure};

/**
 * Requests to PI Web API that end well or say why: bounded in number and rate, tried
 * again where the table of treatments says so, checked at the edge.
 */
export class PiHttp {
  readonly #options: PiHttpOptions;
  #maxCountLimit = DEFAULT_MAX_COUNT_LIMIT;
  #serverDateMs: number | undefined;

  constructor(options: PiHttpOptions) {
    this.#options = options;
  }

  get baseUrl(): string {
    return this.#options.http.baseUrl;
  }

  /** `MaxReturnedItemsPerCall`, as far as a refusal has told it. */
  get maxCountLimit(): number {
    return this.#maxCountLimit;
  }

  /** How often refusals and failures have lowered the load; it only grows. */
  get refusals(): number {
    return this.#options.gate.refusals;
  }

  /** The web server's own clock by its latest `Date` header, in epoch milliseconds. */
  get serverDateMs(): number | undefined {
    return this.#serverDateMs;
  }

  /** GETs JSON of a known shape. Rejects with a `ConnectorError`. */
  async get<T extends z.ZodType>(query: PiQuery, shape: T): Promise<z.output<T>> {
    const path = pathWithQuery(query.path, query.query);
    const headers =
      query.fresh === true ? {headers: {'Cache-Control': 'no-cache'}} : {};
    const facts = {path: query.path.join('/')};
    const value = await this.#attempts({method: 'GET', path, ...headers}, (answer) => {
      const judged = judge(answer);
      if (judged.ok) return {value: judged.value, bytes: answer.body.length};
      return {failure: this.#refused(judged.refusal, facts, answer)};
    });
    return parsed(value, shape, facts);
  }

  /** `POST /batch`: the bytes of a 207 whose two ends are whole. */
  async batch(body: string, options: BatchOptions = {}): Promise<Buffer> {
    const request = {method: 'POST', path: 'batch', body, ...options} as const;
    return await this.#attempts(request, (answer) => {
      const refusal = judgeBatch(answer);
      if (refusal === undefined) {
        this.#learnLimit(answer.body);
        return {value: answer.body, bytes: answer.body.length};
      }
      return {failure: this.#refused(refusal, {path: 'batch'}, answer)};
    });
  }

  /** Takes back bytes that were lent. */
  release(body: Buffer): void {
    this.#options.http.release(body);
  }

  /**
   * Waits before attempt `attempt + 1`, by full jitter or as the server asked. For what
   * failed inside an answer that came: it counts for the load like any other failure.
   */
  async backoff(attempt: number, why: PassingFailure = {}): Promise<void> {
    const {status, askedMs} = why;
    if (status !== undefined && isOverload(status)) this.#options.gate.strained();
    await this.#waitAfter({status, askedMs}, attempt);
  }

  async #attempts<T>(
    request: TimedRequest,
    read: (answer: HttpAnswer) => Result<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const result = await this.#once(request, read);
      if ('value' in result) return result.value;
      const {failure} = result;
      if (!failure.retry || attempt >= this.#allowed(failure)) throw failure.error;
      await this.#waitAfter(failure, attempt);
    }
  }

  async #once<T>(
    {onTime, ...request}: TimedRequest,
    read: (answer: HttpAnswer) => Result<T>,
  ): Promise<Result<T>> {
    const {http, gate, signal, clock, traffic} = this.#options;
    return await gate.run(
      async (): Promise<Result<T>> => {
        const begunAtMs = clock.nowMs();
        traffic.requests++;
        try {
          const answer = await http.send(request, signal);
          traffic.receivedBytes += answer.body.length;
          this.#serverDateMs = dateMs(answer) ?? this.#serverDateMs;
          return read(answer);
        } catch (thrown) {
          return {failure: failureOfNetwork(thrown)};
        } finally {
          onTime?.(clock.nowMs() - begunAtMs);
        }
      },
      (result) => judgement(request, result, http.baseUrl),
    );
  }

  #refused(
    refusal: {readonly status: number; readonly said: string},
    facts: ErrorDetails,
    answer: HttpAnswer,
  ): Failure {
    this.#learnLimit(refusal.said);
    const askedMs = retryAfterMs(
      answer.headers['retry-after'],
      this.#options.clock.nowMs(),
    );
    return failureOf(refusal, facts, askedMs);
  }

  #learnLimit(text: string | Buffer): void {
    this.#maxCountLimit = maxCountLimitIn(text) ?? this.#maxCountLimit;
  }

  #allowed({shrink}: Failure): number {
    const most = this.#options.maxAttempts ?? MAX_ATTEMPTS;
    return shrink ? Math.min(most, MAX_SAME_ATTEMPTS) : most;
  }

  async #waitAfter({status, askedMs}: PassingFailure, attempt: number): Promise<void> {
    const {clock, gate, rateLimit, signal, traffic} = this.#options;
    const delayMs = this.#delayMs(attempt, askedMs);
    const nowMs = clock.nowMs();
    if (askedMs !== undefined) traffic.serverWait.add(nowMs, nowMs + delayMs);
    if (status !== TOO_MANY_REQUESTS) {
      await clock.sleep(delayMs, signal);
      return;
    }
    gate.hold(askedMs ?? delayMs);
    rateLimit.waiting(clock.nowMs() + delayMs);
    try {
      await clock.sleep(delayMs, signal);
    } finally {
      rateLimit.resumed();
    }
  }

  #delayMs(attempt: number, askedMs?: number): number {
    return retryDelayMs({attempt, askedMs, random: this.#options.clock.random()});
  }
}

/**
 * What an exchange says of the server's load. The length of a batch's body stands for
 * the number of points it asks of, whose reading takes time though nothing be found.
 */
function judgement<T>(
  {path, body = ''}: HttpRequest,
  result: Result<T> | undefined,
  baseUrl: string,
): Judgement {
  if (result === undefined) return {overloaded: false};
  if ('failure' in result) return {overloaded: result.failure.overloaded};
  const bytes = body.length + result.bytes;
  const inner = body.indexOf(baseUrl);
  const asked =
    inner < 0 ? path : body.slice(inner + baseUrl.length, inner + baseUrl.length + 200);
  return {overloaded: false, work: {kind: operation(asked), bytes}};
}

/** `streams/F1Ab…/value?…` is `streams/value`: few, however many points are read. */
function operation(path: string): string {
  const [steps = ''] = path.split('?', 1);
  const names = steps.split('/').filter((step) => /^[a-z]{1,30}$/i.test(step));
  return names.join('/');
}

function dateMs({headers}: HttpAnswer): number | undefined {
  const ms = Date.parse(headers['date'] ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

function parsed<T extends z.ZodType>(
  value: unknown,
  shape: T,
  facts: ErrorDetails,
): z.output<T> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const issue = z.prettifyError(result.error).replaceAll(/\s+/g, ' ').slice(0, 500);
  throw new SystemError('PI Web API answered in a shape that is not known.', {
    details: {...facts, issue},
  });
}
