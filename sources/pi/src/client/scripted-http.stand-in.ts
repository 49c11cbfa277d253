import type {RateLimitListener} from 'airbyte-cdk-ts';

import type {Http, HttpAnswer, HttpRequest} from '../transport/http';
import type {Clock} from './clock';
import {PiHttp} from './pi-http';
import {RequestGate} from './request-gate';
import {Traffic} from './traffic';

/** Answers requests by a function, and keeps them. Throwing stands for a broken connection. */
export class ScriptedHttp implements Http {
  readonly baseUrl = 'https://pi.test/piwebapi';
  readonly requests: HttpRequest[] = [];
  readonly released: Buffer[] = [];

  constructor(
    private readonly script: (request: HttpRequest, at: number) => HttpAnswer,
  ) {}

  async send(request: HttpRequest): Promise<HttpAnswer> {
    await Promise.resolve();
    this.requests.push(request);
    return this.script(request, this.requests.length - 1);
  }

  release(body: Buffer): void {
    this.released.push(body);
  }

  close(): void {
    // Nothing is kept open.
  }
}

/** A clock on which waiting takes no time; it keeps what was waited for. */
export class InstantClock implements Clock {
  readonly sleptMs: number[] = [];
  #nowMs = Date.parse('2026-03-02T06:00:00Z');

  nowMs(): number {
    return this.#nowMs;
  }

  sleep(ms: number): Promise<void> {
    this.sleptMs.push(ms);
    this.#nowMs += ms;
    return Promise.resolve();
  }

  random(): number {
    return 0.5;
  }
}

export interface StandInOptions {
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly rateLimit?: RateLimitListener;
  readonly maxAttempts?: number;
  readonly traffic?: Traffic;
}

const IGNORED: RateLimitListener = {
  waiting: () => undefined,
  resumed: () => undefined,
};

/** `PiHttp` over a stand-in. */
export function piHttpOver(http: Http, options: StandInOptions = {}): PiHttp {
  const {clock = new InstantClock(), rateLimit = IGNORED, maxAttempts = 6} = options;
  const {traffic = new Traffic()} = options;
  const signal = options.signal ?? new AbortController().signal;
  const gate = new RequestGate({
    maxConcurrency: 4,
    maxRequestsPerSecond: 1000,
    clock,
    signal,
    traffic,
  });
  return new PiHttp({http, gate, clock, signal, rateLimit, traffic, maxAttempts});
}

/** An answer with a JSON body. */
export function jsonAnswer(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    headers: {'content-type': 'application/json; charset=utf-8', ...headers},
    body: Buffer.from(JSON.stringify(body)),
  };
}
