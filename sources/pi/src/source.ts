import {
  type AnySourceStream,
  type SourceConnector,
  type SourceContext,
  type StreamDeclaration,
  TransientError,
} from 'airbyte-cdk-ts';

import {about} from './about';
import {checkConnection} from './check/check-connection';
import {systemClock, type Clock} from './client/clock';
import {timeAt} from './client/data-servers';
import type {PiHttp} from './client/pi-http';
import {RecordedArchive} from './client/recorded-archive';
import {
  configSchema,
  pointRulesOf,
  timeoutsOf,
  timeRulesOf,
  type PiConfig,
} from './config';
import {connect, type Connection, type ConnectionOptions} from './connection';
import {selectDatabases} from './selection/select-databases';
import {selectDataServers, selectPoints} from './selection/select-points';
import {AfElements} from './streams/af-elements';
import {EventFrames} from './streams/event-frames';
import {Timeseries} from './streams/timeseries';
import type {PiTimestamp} from './sync/pi-timestamp';
import {SyncBooks} from './sync-books';

const USER_AGENT = `${about.name}/${about.version}`;
const CHECK_MS = 25_000;
const CHECK_STEP_MS = 10_000;

/** While the values of some slices are written, others wait for PI. */
const SLICES_AHEAD = 1;

/** The source for AVEVA PI over PI Web API. */
export class PiSource implements SourceConnector<PiConfig> {
  readonly name = about.name;
  readonly version = about.version;
  readonly documentationUrl = about.documentationUrl;
  readonly changelogUrl = about.changelogUrl;
  readonly connectionSpecification = about.connectionSpecification;
  readonly configSchema = configSchema;
  readonly #clock: Clock;
  #connection: Connection | undefined;
  /** Of the sync that is being read; none for other commands. */
  #books: SyncBooks | undefined;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  async check(config: PiConfig, context: SourceContext): Promise<string> {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(CHECK_MS)]);
    const {connectTimeoutMs, readTimeoutMs} = timeoutsOf(config);
    const timeouts = {
      connectTimeoutMs: Math.min(connectTimeoutMs, CHECK_STEP_MS),
      readTimeoutMs: Math.min(readTimeoutMs, CHECK_STEP_MS),
    };
    const bounded = {...context, signal};
    const options = {config, context: bounded, timeouts, maxAttempts: 1};
    const {http, pi, route} = this.#connect(options);
    return await checkConnection({
      http,
      pi,
      rules: pointRulesOf(config),
      assetDatabases: config.selection.asset_databases,
      authType: config.credentials.auth_type,
      ...route,
      connectTimeoutMs: timeouts.connectTimeoutMs,
      signal,
    });
  }

  discover(config: PiConfig): readonly StreamDeclaration[] {
    const connection = this.#connect({config, context: IDLE});
    const {streams} = streamsOf(config, IDLE, connection);
    return streams.map(({declaration}) => declaration);
  }

  streams(
    config: PiConfig,
    context: SourceContext,
  ): Promise<readonly AnySourceStream[]> {
    warnOfPlainText(config, context);
    const connection = this.#connect({config, context});
    const {streams, books} = streamsOf(config, context, connection);
    this.#books = books;
    return Promise.resolve(streams);
  }

  /** PI is asked no more at once than it may be: that the request gate sees to. */
  concurrency({load}: PiConfig): number {
    return load.max_concurrency + SLICES_AHEAD;
  }

  close(): Promise<void> {
    this.#connection?.http.close();
    this.#books?.close();
    this.#books = undefined;
    return Promise.resolve();
  }

  #connect(options: Omit<ConnectionOptions, 'userAgent' | 'clock'>): Connection {
    const own = {userAgent: USER_AGENT, clock: this.#clock};
    return (this.#connection = connect({...options, ...own}));
  }
}

/** All streams, in the order of the catalog. What they share of PI is asked for once. */
function streamsOf(
  config: PiConfig,
  {log}: SourceContext,
  {pi, traffic}: Connection,
): {readonly streams: readonly AnySourceStream[]; readonly books: SyncBooks} {
  const rules = pointRulesOf(config);
  const {max_concurrency: maxConcurrency, max_values_per_response} = config.load;
  const points = once(() => selectPoints(pi, rules, log));
  const databases = once(() => selectDatabases(pi, config.selection.asset_databases));
  const serverNow = once(() => archiveTime(pi, config));
  const times = timeRulesOf(config);
  const books = new SyncBooks({config, pi, traffic, points, serverNow, log});
  const {audit, status} = books.streams();
  const shared = {serverNow, ...times, maxConcurrency, log};
  const streams = [
    new Timeseries({
      archive: new RecordedArchive(pi, books.times),
      points,
      ...shared,
      holdsNewest: config.snapshot === 'hold_back',
      account: books.account,
      audit: books.auditor,
      maxValuesPerResponse: max_values_per_response,
    }),
    audit,
    new AfElements({http: pi, databases, log}),
    new EventFrames({
      http: pi,
      databases,
      ...shared,
      lookbackMs: times.frameLookbackMs,
      templates: config.event_frames.templates,
      annotations: config.event_frames.annotations,
    }),
    status,
  ];
  return {streams, books};
}

/** The time at the selected archives. */
async function archiveTime(pi: PiHttp, config: PiConfig): Promise<PiTimestamp> {
  const servers = await selectDataServers(pi, pointRulesOf(config));
  const now = timeAt(servers, pi.serverDateMs);
  if (now !== undefined) return now;
  throw new TransientError(
    'PI Web API does not tell what time it is at the data server.',
  );
}

function warnOfPlainText(config: PiConfig, {log}: SourceContext): void {
  const {protocol, hostname} = new URL(config.base_url);
  if (protocol === 'https:' || LOOPBACK.test(hostname)) return;
  log.warn('The base URL begins with http: the credentials travel unencrypted.');
}

const LOOPBACK = /^(localhost|127\.|\[::1\]$)/;

/** A failure is not remembered: the next who asks tries again. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask().catch((thrown: unknown) => {
      answer = undefined;
      throw thrown;
    });
    return answer;
  };
}

const nothing = (): void => undefined;

/** For `discover`, which needs declarations alone and asks PI nothing. */
const IDLE: SourceContext = {
  log: {error: nothing, warn: nothing, info: nothing, debug: nothing},
  signal: new AbortController().signal,
  rateLimit: {waiting: nothing, resumed: nothing},
};
