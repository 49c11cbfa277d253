import type * as http from 'node:http';

import {TransientError, type ConnectorError} from 'airbyte-cdk-ts';

import type {Agents} from '../agents';
import type {HttpAnswer} from '../http';
import {ntlmFailure} from './ntlm-failures';
import type {NtlmMessages} from './ntlm-messages';
import {
  challengesIn,
  offers,
  offerText,
  tokenBehind,
  type Challenge,
} from './challenges';
import type {Attempt} from './sign-in';

const UNAUTHORIZED = 401;
const SCHEME = 'NTLM';
/** What happens to a kept connection that the server has just given up. */
const LOST = new Set(['ECONNRESET', 'EPIPE']);

/**
 * One connection that NTLM signs in, for one exchange at a time.
 *
 * On a connection that is signed in, requests go without a header. Otherwise, and when the
 * server asks again, two messages sign it in. A request is thus sent three times at the
 * most, its body each time: the first message could go without, but a batch is some
 * kilobytes, and a server that lets everyone in must find the request whole.
 */
export class NtlmLane {
  readonly #agents: Agents;
  readonly #messages: NtlmMessages;
  /** Connections made so far; the last one is in use. */
  #connections = 0;
  /** The one that is signed in; 0: none. */
  #signedIn = 0;

  constructor(agents: Agents, messages: NtlmMessages) {
    this.#agents = agents;
    this.#messages = messages;
    this.#countConnections(agents.httpAgent);
    this.#countConnections(agents.httpsAgent);
  }

  async exchange(attempt: Attempt): Promise<HttpAnswer> {
    const isOpen = this.#signedIn !== 0 && this.#signedIn === this.#connections;
    const answer = isOpen ? await this.#sendOpen(attempt) : undefined;
    if (answer !== undefined && answer.status !== UNAUTHORIZED) {
      return this.#kept(answer);
    }
    return await this.#signIn(attempt);
  }

  close(): void {
    this.#agents.close();
  }

  /** Undefined: the server had closed the connection while it was idle. */
  async #sendOpen(attempt: Attempt): Promise<HttpAnswer | undefined> {
    try {
      return await attempt(undefined, this.#agents);
    } catch (thrown) {
      if (isLost(thrown)) return undefined;
      throw thrown;
    }
  }

  async #signIn(attempt: Attempt): Promise<HttpAnswer> {
    this.#signedIn = 0;
    const first = await attempt(this.#messages.greeting, this.#agents);
    if (first.status !== UNAUTHORIZED) return this.#kept(first);
    const proof = this.#messages.proof(challengeIn(first));
    const connection = this.#connections;
    if (isClosing(first)) throw ntlmFailure('NTLM_CONNECTION_CLOSED');
    const second = await attempt(proof, this.#agents);
    if (second.status !== UNAUTHORIZED) return this.#kept(second);
    throw this.#connections === connection
      ? ntlmFailure('NTLM_REFUSED')
      : ntlmFailure('NTLM_CONNECTION_CLOSED');
  }

  #kept(answer: HttpAnswer): HttpAnswer {
    this.#signedIn = isClosing(answer) ? 0 : this.#connections;
    return answer;
  }

  #countConnections(agent: http.Agent): void {
    const create = agent.createConnection.bind(agent);
    agent.createConnection = (...way) => {
      this.#connections += 1;
      return create(...way);
    };
  }
}

/** @throws where the server gave none. */
function challengeIn({headers}: HttpAnswer): string {
  const challenges = challengesIn(headers['www-authenticate']);
  const challenge = tokenBehind(challenges, SCHEME);
  if (challenge !== undefined) return challenge;
  throw notChallenged(challenges);
}

function notChallenged(challenges: readonly Challenge[]): ConnectorError {
  if (offers(challenges, SCHEME)) return ntlmFailure('NTLM_NO_CHALLENGE');
  return ntlmFailure('NTLM_NOT_OFFERED', {offered: offerText(challenges)});
}

function isClosing({headers}: HttpAnswer): boolean {
  return headers['connection']?.toLowerCase() === 'close';
}

function isLost(thrown: unknown): boolean {
  return (
    thrown instanceof TransientError && LOST.has(String(thrown.details['code'] ?? ''))
  );
}
