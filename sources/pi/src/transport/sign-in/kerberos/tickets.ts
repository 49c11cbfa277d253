import {ConfigError, type ConnectorError} from 'airbyte-cdk-ts';

import type {KdcReach} from './kdc-reach';
import {
  failureIn,
  kerberosFailure,
  wordsFit,
  type FailureFacts,
} from './kerberos-failure';
import type {KerberosFailureId} from './kerberos-failures';
import type {GssContext, KerberosLibrary} from './kerberos-library';
import type {Principal} from './principal';
import {Turnstile} from './turnstile';

export interface TicketsOptions {
  readonly library: KerberosLibrary;
  readonly principal: Principal;
  /** `HTTP@pi.example.com`. */
  readonly service: string;
  /** Where the keytab was made of one. */
  readonly password?: string | undefined;
  /** Tells the library where tickets are kept; another number: none is there yet. */
  readonly keepIn: (cache: number) => void;
  /** Whether the library knows whom to ask for tickets, or has to do with those it has. */
  readonly showKdcs: (areShown: boolean) => void;
  /** Where the way to the key distribution centres ends. */
  readonly reach: () => Promise<KdcReach>;
  /** How long they may take together, while there is no ticket yet. */
  readonly limitMs: number;
  readonly nowMs: () => number;
  /** How long a renewal may hold up others. */
  readonly patienceMs?: number;
}

/** What can be sent once, and judges what is answered to it. */
export interface Proof {
  /** Base64. */
  readonly token: string;
  readonly context: GssContext;
  /** The number of the ticket cache that it was made from. */
  readonly cache: number;
}

/** A failure that took time, or counts towards locking the account, stands so long. */
const FAILURE_STANDS_MS = 60_000;
const SLOW_MS = 1_000;
const PATIENCE_MS = 1_000;
/** After a renewal that hung, the next one is left until then. */
const REST_MS = 300_000;

/**
 * Makes proofs out of tickets. The library fetches and renews those by itself while it
 * makes a token; here it is seen to that a domain which does not answer is waited for
 * once, and a wrong password is tried once.
 */
export class Tickets {
  readonly #options: TicketsOptions;
  readonly #turnstile = new Turnstile();
  readonly #patienceMs: number;
  #cache = 0;
  #hasTickets = false;
  #areKdcsShown = true;
  #restsUntilMs = -Infinity;
  #failure: {readonly error: ConnectorError; readonly untilMs: number} | undefined;

  constructor(options: TicketsOptions) {
    this.#options = options;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    options.showKdcs(true);
    options.keepIn(this.#cache);
  }

  /** A new token for one request. Rejects with a `ConfigError` or a `TransientError`. */
  async proof(): Promise<Proof> {
    return await this.#turnstile.pass(async () => {
      const {nowMs} = this.#options;
      const begunAtMs = nowMs();
      if (this.#failure !== undefined && begunAtMs < this.#failure.untilMs) {
        throw this.#failure.error;
      }
      try {
        const proof = await this.#make();
        this.#failure = undefined;
        this.#hasTickets = true;
        this.#turnstile.patienceMs = this.#patienceMs;
        return proof;
      } catch (thrown) {
        const error = await this.#failureOf(thrown);
        const endedAtMs = nowMs();
        const stands = error instanceof ConfigError || endedAtMs - begunAtMs >= SLOW_MS;
        if (stands) this.#failure = {error, untilMs: endedAtMs + FAILURE_STANDS_MS};
        this.#hasTickets = false;
        this.#turnstile.patienceMs = Infinity;
        throw error;
      }
    });
  }

  /** Forgets the tickets that a refused proof came from; they may be for an old key. */
  forget({cache}: Proof): void {
    if (cache !== this.#cache) return;
    this.#showKdcs(true);
    this.#hasTickets = false;
    this.#cache++;
    this.#options.keepIn(this.#cache);
  }

  async #make(): Promise<Proof> {
    if (this.#hasTickets) return await this.#makeOfTickets();
    this.#showKdcs(true);
    return await within(this.#options.limitMs, () => this.#token());
  }

  /**
   * The library renews tickets long before they end, and waits for a silent centre before
   * it goes on with those that still hold. So that not every request waits like that, the
   * centres are hidden meanwhile: with nobody to ask, it goes on at once.
   */
  async #makeOfTickets(): Promise<Proof> {
    const {nowMs, limitMs} = this.#options;
    if (nowMs() >= this.#restsUntilMs) this.#showKdcs(true);
    const timer = setTimeout(() => {
      this.#restsUntilMs = nowMs() + REST_MS;
      this.#showKdcs(false);
    }, this.#patienceMs);
    try {
      return await this.#token();
    } catch (thrown) {
      if (this.#areKdcsShown) throw thrown;
      this.#showKdcs(true);
      return await within(limitMs, () => this.#token());
    } finally {
      clearTimeout(timer);
    }
  }

  async #token(): Promise<Proof> {
    const {library, service} = this.#options;
    const cache = this.#cache;
    const context = await library.context(service);
    return {context, token: await context.step(''), cache};
  }

  #showKdcs(areShown: boolean): void {
    if (areShown === this.#areKdcsShown) return;
    this.#areKdcsShown = areShown;
    this.#options.showKdcs(areShown);
  }

  async #failureOf(thrown: unknown): Promise<ConnectorError> {
    const words = wordsOf(thrown);
    const id = failureIn(words, 'kdc');
    if (id === 'KERBEROS_KDC_SILENT' || id === 'KERBEROS_NO_KDC') {
      const {id: stage, kdc} = await this.#options.reach();
      return this.said(stage, {kdc});
    }
    const {password} = this.#options;
    if (id === 'KERBEROS_STALE_KEYTAB' && password !== undefined) {
      return await this.#refusedPassword(password);
    }
    return this.said(id, {words: this.#fit(words)});
  }

  /** The key was refused: of a wrong password, or of a right one with another salt? */
  async #refusedPassword(password: string): Promise<ConnectorError> {
    const {library, principal, limitMs} = this.#options;
    try {
      await within(limitMs, () =>
        library.checkPassword(principal.name, password, principal.realm),
      );
      return this.said('KERBEROS_OTHER_SALT');
    } catch (thrown) {
      const id = failureIn(wordsOf(thrown), 'kdc');
      const isWrong = id === 'KERBEROS_STALE_KEYTAB' || id.endsWith('_UNFORESEEN');
      if (isWrong) return this.said('KERBEROS_WRONG_PASSWORD');
      return await this.#failureOf(thrown);
    }
  }

  /** Why the server refused a proof, by the words in its token. */
  refusalOf(words: string): ConnectorError {
    return this.said(failureIn(words, 'server'), {words: this.#fit(words)});
  }

  /** A failure that speaks of this account and this service. */
  said(id: KerberosFailureId, facts: FailureFacts = {}): ConnectorError {
    const {principal, service} = this.#options;
    return kerberosFailure(id, {
      principal: principal.name,
      realm: principal.realm,
      service: service.replace('@', '/'),
      ...facts,
    });
  }

  #fit(words: string): string {
    const {password} = this.#options;
    return wordsFit(words, password === undefined ? [] : [password]);
  }
}

/** The library's own words when a centre does not answer. */
const NO_ANSWER = 'Cannot contact any KDC';

/** The library cannot be broken off: it goes on by itself and is not listened to. */
async function within<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RangeError(NO_ANSWER)), limitMs);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the library, or whatever else threw, has to say. */
export function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
