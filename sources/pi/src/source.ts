/* eslint-disable @typescript-eslint/no-require-imports -- What a command does not need is
   not loaded: `check` is loaded by itself, and so are the streams. */
import type {
  AnySourceStream,
  SourceConnector,
  SourceContext,
  StreamDeclaration,
} from 'airbyte-cdk-ts';

import {about} from './about';
import type * as Check from './check/check-connection';
import {systemClock, type Clock} from './client/clock';
import {configSchema, pointRulesOf, timeoutsOf, type PiConfig} from './config';
import {connect, type Connection, type ConnectionOptions} from './connection';
import type * as Streams from './streams-of-sync';
import type {StreamsOfSync} from './streams-of-sync';
import type {SyncBooks} from './sync-books';

const USER_AGENT = `${about.name}/${about.version}`;
const CHECK_MS = 25_000;
const CHECK_STEP_MS = 10_000;

/** While the values of one slice are written, another waits for PI. */
const FEWEST_SLICES = 2;

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
    const {checkConnection} = require('./check/check-connection') as typeof Check;
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
    return Math.max(load.max_concurrency, FEWEST_SLICES);
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

/** Loads the streams with whatever they need. */
function streamsOf(
  config: PiConfig,
  {log}: SourceContext,
  connection: Connection,
): StreamsOfSync {
  const {streamsOfSync} = require('./streams-of-sync') as typeof Streams;
  return streamsOfSync(config, log, connection);
}

function warnOfPlainText(config: PiConfig, {log}: SourceContext): void {
  const {protocol, hostname} = new URL(config.base_url);
  if (protocol === 'https:' || LOOPBACK.test(hostname)) return;
  log.warn('The base URL begins with http: the credentials travel unencrypted.');
}

const LOOPBACK = /^(localhost|127\.|\[::1\]$)/;

const nothing = (): void => undefined;

/** For `discover`, which needs declarations alone and asks PI nothing. */
const IDLE: SourceContext = {
  log: {error: nothing, warn: nothing, info: nothing, debug: nothing},
  signal: new AbortController().signal,
  rateLimit: {waiting: nothing, resumed: nothing},
};
