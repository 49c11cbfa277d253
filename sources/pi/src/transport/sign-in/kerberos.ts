import type {ConnectorError} from 'airbyte-cdk-ts';

import type {HttpAnswer} from '../http';
import {challengesIn, offers, offerText, tokenBehind} from './challenges';
import {clientKeytab} from './kerberos/client-keytab';
import {kdcReach} from './kerberos/kdc-reach';
import {kerberosLibrary, type KerberosLibrary} from './kerberos/kerberos-library';
import {krb5Conf, krb5ConfAlone} from './kerberos/krb5-conf';
import {principalOf, serviceOf} from './kerberos/principal';
import {privateFile, type PrivateFile} from './kerberos/private-files';
import {Tickets, wordsOf, type Proof} from './kerberos/tickets';
import type {Attempt, SignIn} from './sign-in';

/** As the form gives it: a password, a keytab as base64 text, or the path of one. */
export interface KerberosCredentials {
  readonly principal: string;
  readonly password?: string | undefined;
  readonly keytab?: string | undefined;
  readonly keytab_path?: string | undefined;
  readonly kdcs: readonly string[];
  readonly service_principal?: string | undefined;
}

export interface KerberosOptions {
  readonly credentials: KerberosCredentials;
  /** Of the base URL: the service principal, unless the credentials name another. */
  readonly host: string;
}

/** What belongs to the process, and to a machine. */
export interface KerberosSurroundings {
  readonly library: () => Promise<KerberosLibrary>;
  /** The library reads three of its variables, each time it is called. */
  readonly environment: Record<string, string | undefined>;
  readonly nowMs: () => number;
}

const OURS: KerberosSurroundings = {
  library: kerberosLibrary,
  environment: process.env,
  nowMs: () => performance.now(),
};

/**
 * Kerberos by SPNEGO: a new proof with every attempt, and the server's own proof demanded
 * (spec/decisions/0024). Nothing is loaded, read or written before the first request.
 */
export function kerberosSignIn(
  options: KerberosOptions,
  surroundings: KerberosSurroundings = OURS,
): SignIn {
  return new KerberosSignIn(options, surroundings);
}

class KerberosSignIn implements SignIn {
  readonly #options: KerberosOptions;
  readonly #surroundings: KerberosSurroundings;
  readonly #files: PrivateFile[] = [];
  /** The server's proofs that are being looked at. */
  readonly #judging = new Set<Promise<boolean>>();
  #tickets: Promise<Tickets> | undefined;
  #isServerProved = false;

  constructor(options: KerberosOptions, surroundings: KerberosSurroundings) {
    this.#options = options;
    this.#surroundings = surroundings;
  }

  /** At most two attempts: one more where a new ticket may be let in. */
  async exchange(attempt: Attempt): Promise<HttpAnswer> {
    const tickets = await (this.#tickets ??= this.#start());
    const proof = await tickets.proof();
    const answer = await attempt(`${SCHEME} ${proof.token}`);
    const refusal = await this.#judge(answer, {proof, tickets});
    if (refusal === undefined) return answer;
    if (!MAY_PASS.has(String(refusal.details['reason']))) throw refusal;
    tickets.forget(proof);
    const second = await tickets.proof();
    const secondAnswer = await attempt(`${SCHEME} ${second.token}`);
    const lasting = await this.#judge(secondAnswer, {proof: second, tickets});
    if (lasting !== undefined) throw lasting;
    return secondAnswer;
  }

  close(): void {
    this.#tickets = undefined;
    for (const file of this.#files.splice(0)) file.close();
  }

  async #start(): Promise<Tickets> {
    try {
      const library = await this.#surroundings.library();
      return this.#prepare(library);
    } catch (thrown) {
      this.close();
      throw thrown;
    }
  }

  /** Points the library to files that only this process can read. */
  #prepare(library: KerberosLibrary): Tickets {
    const {environment, nowMs} = this.#surroundings;
    const {credentials, host} = this.#options;
    const {password, kdcs} = credentials;
    const principal = principalOf(credentials.principal);
    const realm = {realm: principal.realm, kdcs};
    const key = clientKeytab(
      {password, keytab: credentials.keytab, keytabPath: credentials.keytab_path},
      principal,
    );
    const config = this.#held(krb5Conf(realm));
    const configAlone = this.#held(krb5ConfAlone(principal.realm));
    environment['KRB5_CLIENT_KTNAME'] = `FILE:${key.path ?? this.#held(key.bytes)}`;
    return new Tickets({
      library,
      principal,
      service: serviceOf(host, credentials.service_principal),
      password,
      keepIn: (cache) => (environment['KRB5CCNAME'] = `MEMORY:source-pi-${cache}`),
      showKdcs: (areShown) =>
        (environment['KRB5_CONFIG'] = areShown ? config : configAlone),
      reach: () => kdcReach(realm, {timeoutMs: REACH_TIMEOUT_MS}),
      limitMs: KDC_LIMIT_MS * Math.max(1, Math.min(kdcs.length, MOST_COUNTED_KDCS)),
      nowMs,
    });
  }

  #held(content: string | Buffer): string {
    const file = privateFile(content);
    this.#files.push(file);
    return file.path;
  }

  /** Undefined where the answer may be believed; else why we were not let in. */
  async #judge(answer: HttpAnswer, sent: Sent): Promise<ConnectorError | undefined> {
    const {status, headers} = answer;
    const challenges = challengesIn(headers['www-authenticate']);
    const token = tokenBehind(challenges, SCHEME);
    if (status === UNAUTHORIZED) {
      if (token !== undefined) return await refusalIn(token, sent);
      return sent.tickets.said(
        offers(challenges, SCHEME) ? 'KERBEROS_REFUSED' : 'KERBEROS_NOT_OFFERED',
        {offered: offerText(challenges)},
      );
    }
    if (token !== undefined) await this.#prove(token, sent);
    else if (isSuccess(status) && !(await this.#knowsServer()))
      throw sent.tickets.said('KERBEROS_NO_PROOF');
    return undefined;
  }

  async #prove(token: string, {proof, tickets}: Sent): Promise<void> {
    const judging = completes(proof, token);
    this.#judging.add(judging);
    const isProved = await judging;
    this.#judging.delete(judging);
    if (!isProved) throw tickets.said('KERBEROS_WRONG_PROOF');
    this.#isServerProved = true;
  }

  /** A proof that came before this answer may still be looked at. */
  async #knowsServer(): Promise<boolean> {
    const judged = await Promise.all(this.#judging);
    return this.#isServerProved || judged.includes(true);
  }
}

interface Sent {
  readonly proof: Proof;
  readonly tickets: Tickets;
}

/** SPNEGO's name in HTTP. */
const SCHEME = 'Negotiate';
const UNAUTHORIZED = 401;
/** How long the library waits for one centre before it asks the next, and some more. */
const KDC_LIMIT_MS = 11_000;
const MOST_COUNTED_KDCS = 3;
const REACH_TIMEOUT_MS = 3_000;
/** Refusals that another ticket may overcome: a replay, or a key that was changed. */
const MAY_PASS: ReadonlySet<string> = new Set([
  'KERBEROS_REPLAYED',
  'KERBEROS_FOREIGN_KEY',
  'KERBEROS_REFUSED',
]);

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

async function completes({context}: Proof, token: string): Promise<boolean> {
  try {
    await context.step(token);
    return context.contextComplete;
  } catch {
    return false;
  }
}

/** The library knows what the server's token complains of. */
async function refusalIn(
  token: string,
  {proof, tickets}: Sent,
): Promise<ConnectorError> {
  try {
    await proof.context.step(token);
    const isComplete = proof.context.contextComplete;
    return tickets.said(isComplete ? 'KERBEROS_UNWELCOME' : 'KERBEROS_REFUSED');
  } catch (thrown) {
    return tickets.refusalOf(wordsOf(thrown));
  }
}
