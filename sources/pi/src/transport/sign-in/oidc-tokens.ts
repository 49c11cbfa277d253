import {TransientError} from 'airbyte-cdk-ts';

import type {IssuedToken} from './oidc-provider';

export interface OidcTokensOptions {
  /** Asks the provider. Rejects with a `ConnectorError`. */
  readonly issue: () => Promise<IssuedToken>;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
}

interface HeldToken {
  readonly text: string;
  readonly renewAtMs: number;
  readonly endsAtMs: number;
}

/** How long a provider that failed is left alone while the old token is still good. */
const PAUSE_MS = 10_000;

/** The token of the moment: one for all who ask, asked for once, renewed before its end. */
export class OidcTokens {
  readonly #options: OidcTokensOptions;
  #held: HeldToken | undefined;
  #pending: Promise<HeldToken> | undefined;

  constructor(options: OidcTokensOptions) {
    this.#options = options;
  }

  /**
   * A token that is not due for renewal. While its provider fails in passing, the old one
   * serves to its end; then this rejects as the provider does.
   */
  async current(): Promise<string> {
    const held = this.#held;
    if (held !== undefined && this.#options.nowMs() < held.renewAtMs) return held.text;
    this.#pending ??= this.#renewed().finally(() => (this.#pending = undefined));
    return (await this.#pending).text;
  }

  /** A refused token is not given out again; one that has followed it is left alone. */
  drop(refused: string): void {
    if (this.#held?.text === refused) this.#held = undefined;
  }

  async #renewed(): Promise<HeldToken> {
    const {issue, nowMs} = this.#options;
    try {
      const askedAtMs = nowMs();
      const {text, lifeMs} = await issue();
      const endsAtMs = askedAtMs + lifeMs;
      return (this.#held = {text, endsAtMs, renewAtMs: renewalMs(askedAtMs, lifeMs)});
    } catch (thrown) {
      const held = this.#held;
      const isGood = held !== undefined && nowMs() < held.endsAtMs;
      if (!isGood || !(thrown instanceof TransientError)) throw thrown;
      const renewAtMs = Math.min(held.endsAtMs, nowMs() + PAUSE_MS);
      return (this.#held = {...held, renewAtMs});
    }
  }
}

const PART_OF_LIFE = 0.8;
const LAST_MS = 60_000;

/** When a token that was asked for then is due: at 80 % of its life or 60 s before its end, whichever is later. */
export function renewalMs(askedAtMs: number, lifeMs: number): number {
  return askedAtMs + Math.max(lifeMs * PART_OF_LIFE, lifeMs - LAST_MS);
}
