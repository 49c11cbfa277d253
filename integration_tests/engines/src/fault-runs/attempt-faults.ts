import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';

import {
  type Exchange,
  type Failure,
  type FaultSchedule,
  restError,
  SqlError,
} from '../wire';
import type {StandInWarehouse} from '../stand-in/stand-in-warehouse';
import type {Chance} from './chance';
import {requestName} from './moments';
import type {Moment, Weather} from './story';

export interface AttemptFaultsOptions {
  readonly chance: Chance;
  readonly weather: Weather;
  readonly standIn: Pick<StandInWarehouse, 'endSessions' | 'restart'>;
  /** Makes the tokens invalid that were given out; undefined where they never end. */
  readonly expireTokens: (() => void) | undefined;
  /** When the client has to go, if it has to. */
  readonly moment: Moment | undefined;
  /** Takes the client away: nothing reaches it from now on. */
  readonly cut: () => void;
}

type Fault = (
  chance: Chance,
  exchange: Exchange,
) => Failure | undefined | Promise<Failure | undefined>;

const SLOW_MS = 60;
const NOTHING: Fault = () => undefined;

/**
 * What goes wrong in one attempt: by chance, request by request, and once on purpose,
 * when the client is taken away.
 */
export class AttemptFaults implements FaultSchedule {
  /** How often something went wrong, by what. */
  readonly happened = new Map<string, number>();
  /** Names of the files that were sent. */
  readonly uploaded = new Set<string>();
  isCut = false;
  readonly #counts = new Map<string, number>();
  #coldOpens: number;
  #loads = 0;
  #echoes = 0;
  readonly #before: readonly (readonly [string, Fault])[];
  readonly #after: readonly (readonly [string, Fault])[];

  constructor(private readonly options: AttemptFaultsOptions) {
    this.#coldOpens = options.weather.coldOpens;
    this.#before = this.#faultsBefore();
    this.#after = [
      ['reply lost', () => 'drop'],
      ['reply lost', () => 'drop'],
      ['503 though it acted', () => unavailable()],
      ['slow reply', slowly],
    ];
  }

  before(exchange: Exchange): Promise<Failure | undefined> {
    const name = requestName(exchange);
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    if (name === 'upload') this.uploaded.add(path.basename(fileOf(exchange)));
    this.#meet({at: 'request', what: name, phase: 'before', count});
    if (!this.isCut && name === 'OpenSession' && this.#coldOpens > 0) {
      this.#coldOpens -= 1;
      this.#note('cold start');
      return Promise.resolve(unavailable());
    }
    return this.#strike(exchange, this.#before);
  }

  after(exchange: Exchange): Promise<Failure | undefined> {
    const name = requestName(exchange);
    const count = this.#counts.get(name) ?? 0;
    this.#meet({at: 'request', what: name, phase: 'after', count});
    return this.#strike(exchange, this.#after);
  }

  /** Awaited while a load is under way. */
  async duringLoad(kind: string): Promise<void> {
    const {chance, weather} = this.options;
    this.#loads += 1;
    this.#meet({at: 'load', count: this.#loads});
    if (this.isCut) {
      this.#note('orphaned load');
      await sleep(chance.whole(0, 400));
      return;
    }
    if (!chance.happens(weather.slowLoads)) return;
    if (kind !== 'copy' && chance.happens(0.5)) {
      this.#note('conflict of writers');
      throw conflict();
    }
    this.#note('slow load');
    await sleep(chance.whole(1, 200));
  }

  /** Told of each state that has come back. */
  echoed(): void {
    this.#echoes += 1;
    this.#meet({at: 'echo', count: this.#echoes});
  }

  /** The client goes when its moment has come. */
  #meet(now: Moment): void {
    const {moment, cut} = this.options;
    if (moment === undefined || this.isCut || !isSame(moment, now)) return;
    this.isCut = true;
    cut();
  }

  #strike(
    exchange: Exchange,
    faults: readonly (readonly [string, Fault])[],
  ): Promise<Failure | undefined> {
    const {chance, weather} = this.options;
    if (this.isCut) return Promise.resolve('drop');
    const [first, ...others] = faults;
    const isStruck = exchange.kind !== 'other' && chance.happens(weather.faultRate);
    if (!isStruck || first === undefined) return Promise.resolve(undefined);
    const [name, fault] = chance.one([first, ...others]);
    this.#note(name);
    return Promise.resolve(fault(chance, exchange));
  }

  #note(what: string): void {
    this.happened.set(what, (this.happened.get(what) ?? 0) + 1);
  }

  #faultsBefore(): readonly (readonly [string, Fault])[] {
    const {standIn, expireTokens} = this.options;
    const expired: Fault = (_, {kind}) => {
      if (kind !== 'thrift' && kind !== 'files_api') return undefined;
      expireTokens?.();
      return restError(401, '401', 'Credential was not sent or expired.');
    };
    return [
      ['request lost', () => 'drop'],
      ['503', unavailable],
      ['429', throttled],
      ['slow request', slowly],
      ['session ended', acting(() => standIn.endSessions())],
      ['restart', acting(() => standIn.restart())],
      ['token expired', expireTokens === undefined ? NOTHING : expired],
    ];
  }
}

function fileOf(exchange: Exchange): string {
  if (exchange.kind === 'files_api') return exchange.path;
  return exchange.kind === 'presigned' ? (exchange.file ?? '') : '';
}

function isSame(a: Moment, b: Moment): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function unavailable(): Failure {
  const failure = restError(
    503,
    'TEMPORARILY_UNAVAILABLE',
    'The warehouse is starting.',
  );
  return {...failure, headers: {...failure.headers, 'retry-after': '0'}};
}

function throttled(): Failure {
  const failure = restError(429, 'RESOURCE_EXHAUSTED', 'Too many requests.');
  return {...failure, headers: {...failure.headers, 'retry-after': '0'}};
}

/** The request is answered as it should be, as far as that can be then. */
function acting(act: () => void): Fault {
  return () => {
    act();
    return undefined;
  };
}

async function slowly(chance: Chance): Promise<undefined> {
  await sleep(chance.whole(1, SLOW_MS));
}

function conflict(): SqlError {
  return new SqlError(
    'DELTA_CONCURRENT_APPEND.WITHOUT_HINT',
    'Transaction conflict detected. A concurrent transaction added data to the table. ' +
      'Please try the operation again.',
    '2D521',
  );
}
