import {ConnectorError} from 'airbyte-cdk-ts';

import {backoffMs} from '../../../http/backoff';
import {faultKind} from '../../../http/network-failure';
import type {Refusal} from '../warehouse';
import {faultOf, type Fault} from './fault';
import {exhausted, lastingFailure} from './give-up';
import {treatmentOf, type Treatment} from './outcome-rules';
import type {ConnectionSurroundings} from './surroundings';
import type {Waits} from './waits';

/** One try of something that may be repeated. */
export interface Trial<T> {
  readonly work: () => Promise<T>;
  /** Called when another session may help. */
  readonly renewSession: () => Promise<void>;
  /** Told of a refused token; answers whether another may be had. */
  readonly renewToken: () => boolean;
  /** Whether the same has ever worked: then host and way are right. */
  readonly isKnown: () => boolean;
}

export interface PersevereOptions {
  readonly host: string;
  readonly httpPath: string;
  readonly surroundings: ConnectionSurroundings;
  readonly waits: Waits;
}

export type Persevered<T> = {readonly value: T} | {readonly refusal: Refusal};

/** A cold start takes minutes. */
const PATIENCE_MS = 600_000;
/** A long statement may use up all patience in one try. */
const LEAST_TRIES = 5;
/** Where nobody ever answered, the address or the way is wrong rather than the moment. */
const STRANGER_PATIENCE_MS = {absent: 30_000, lasting: 0, passing: 120_000};
/** Several statements share a token, and each may meet its end anew while it is repeated. */
const TOKEN_RENEWALS = 5;

type Again = Extract<Treatment, {kind: 'again'}>;

/**
 * Tries until something came of it: a value, or a refusal for the caller to judge. Waits
 * with full jitter between tries, up to ten minutes since the first failure; rejects with
 * the error that says who must act when nothing came.
 */
export async function persevere<T>(
  trial: Trial<T>,
  options: PersevereOptions,
): Promise<Persevered<T>> {
  const course = new Course(trial, options);
  for (;;) {
    try {
      return {value: await trial.work()};
    } catch (thrown) {
      // The token endpoint has said its word, with its own patience.
      if (thrown instanceof ConnectorError) throw thrown;
      const nowMs = options.surroundings.nowMs();
      const fault = faultOf(thrown, {...options, nowMs});
      const refusal = await course.failed(fault, treatmentOf(fault));
      if (refusal !== undefined) return {refusal};
    }
  }
}

/** What was tried so far. */
class Course<T> {
  #failures = 0;
  #renewals = 0;
  #firstFailureMs: number | undefined;

  constructor(
    private readonly trial: Trial<T>,
    private readonly options: PersevereOptions,
  ) {}

  /** Resolves when it is time for the next try, or with a refusal if there is none. */
  async failed(fault: Fault, treatment: Treatment): Promise<Refusal | undefined> {
    switch (treatment.kind) {
      case 'refused':
        return treatment.refusal;
      case 'failed':
        throw lastingFailure(fault, this.options.host);
      case 'new_token':
        this.#refusedToken(fault);
        return undefined;
      case 'again':
        if (await this.#goesOn(fault, treatment)) return undefined;
        return this.#lastWord(fault, treatment);
    }
  }

  #refusedToken(fault: Fault): void {
    this.#renewals += 1;
    if (this.#renewals <= TOKEN_RENEWALS && this.trial.renewToken()) return;
    throw lastingFailure(fault, this.options.host);
  }

  /** What fails a few times in one way is the warehouse's word on the statement. */
  #lastWord(fault: Fault, {wait, maxTries}: Again): Refusal {
    if (fault.kind === 'server' && Number.isFinite(maxTries)) return fault.refusal;
    throw exhausted(fault, wait, this.options.host);
  }

  /** Waits for the next try; false where there is to be none. */
  async #goesOn(fault: Fault, {wait, session, maxTries}: Again): Promise<boolean> {
    const {surroundings, waits} = this.options;
    const {nowMs, random, sleep} = surroundings;
    this.#failures += 1;
    this.#renewals = 0;
    this.#firstFailureMs ??= nowMs();
    if (this.#failures >= maxTries || this.#isLate(fault)) return false;
    if (session === 'new') await this.trial.renewSession();
    waits.waiting(wait, this.#firstFailureMs);
    const askedMs = fault.kind === 'http' ? fault.askedMs : undefined;
    await sleep(backoffMs({failures: this.#failures, random, askedMs}));
    return true;
  }

  #isLate(fault: Fault): boolean {
    const spentMs =
      this.options.surroundings.nowMs() - (this.#firstFailureMs ?? Infinity);
    if (fault.kind === 'network' && !this.trial.isKnown()) {
      return spentMs >= STRANGER_PATIENCE_MS[faultKind(fault.fault)];
    }
    return spentMs >= PATIENCE_MS && this.#failures >= LEAST_TRIES;
  }
}
