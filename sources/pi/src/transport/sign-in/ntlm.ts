import {ConnectorError} from 'airbyte-cdk-ts';

import type {Agents} from '../agents';
import type {HttpAnswer} from '../http';
import {NtlmLane} from './ntlm-lane';
import {ntlmMessages, type NtlmAccount, type NtlmMessages} from './ntlm-messages';
import type {Attempt, SignIn} from './sign-in';

export interface NtlmOptions {
  readonly credentials: NtlmAccount;
  /** Connections that are signed in, at most so many. */
  readonly lanes: number;
  /** Agents of one connection each. */
  readonly laneAgents: () => Agents;
}

/**
 * NTLMv2, and nothing older or else in its place. It signs in connections: each exchange
 * has one for itself, and waits where all are taken. The password is proved on one
 * connection first; once refused it is never sent again, so that no account gets locked.
 */
export function ntlmSignIn(options: NtlmOptions): SignIn {
  return new NtlmLanes(options);
}

class NtlmLanes implements SignIn {
  readonly #options: NtlmOptions;
  readonly #all: NtlmLane[] = [];
  /** The last one used is used first: it is the one most surely still connected. */
  readonly #free: NtlmLane[] = [];
  readonly #waiting: (() => void)[] = [];
  #messages: Promise<NtlmMessages> | undefined;
  #inside = 0;
  #isProved = false;
  #refusal: ConnectorError | undefined;

  constructor(options: NtlmOptions) {
    this.#options = options;
  }

  async exchange(attempt: Attempt): Promise<HttpAnswer> {
    await this.#entered();
    try {
      return await this.#exchangeInside(attempt);
    } finally {
      this.#left();
    }
  }

  close(): void {
    for (const lane of this.#all) lane.close();
  }

  async #entered(): Promise<void> {
    if (this.#inside >= this.#most()) {
      await new Promise<void>((enter) => this.#waiting.push(enter));
    } else {
      this.#inside += 1;
    }
  }

  /** Places go straight to those who wait, so that nobody slips in between. */
  #left(): void {
    this.#inside -= 1;
    while (this.#inside < this.#most()) {
      const enter = this.#waiting.shift();
      if (enter === undefined) return;
      this.#inside += 1;
      enter();
    }
  }

  async #exchangeInside(attempt: Attempt): Promise<HttpAnswer> {
    if (this.#refusal !== undefined) throw this.#refusal;
    const lane = this.#free.pop() ?? (await this.#opened());
    try {
      const answer = await lane.exchange(attempt);
      this.#isProved = true;
      return answer;
    } catch (thrown) {
      if (isRefusal(thrown)) this.#refusal = thrown;
      throw thrown;
    } finally {
      this.#free.push(lane);
    }
  }

  #most(): number {
    return this.#isProved ? this.#options.lanes : 1;
  }

  async #opened(): Promise<NtlmLane> {
    const {credentials, laneAgents} = this.#options;
    const messages = await (this.#messages ??= ntlmMessages(credentials));
    const lane = new NtlmLane(laneAgents(), messages);
    this.#all.push(lane);
    return lane;
  }
}

function isRefusal(thrown: unknown): thrown is ConnectorError {
  return (
    thrown instanceof ConnectorError && thrown.details['reason'] === 'NTLM_REFUSED'
  );
}
