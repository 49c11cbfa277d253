import {type Server} from 'node:http';
import {type AddressInfo} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';

import {Backend} from './api/backend';
import {type Clock} from './archive/clock';
import {Console} from './api/console';
import {type Account, type SignIn} from './api/credentials';
import {Dispatcher} from './api/dispatcher';
import {HTTP_SYS_LIMITS, type HttpSysLimits} from './api/http-sys';
import {MetadataCache} from './api/memory/metadata-cache';
import {UpdateBook} from './api/memory/update-book';
import {RateLimit} from './api/rate-limit';
import {Router} from './api/router';
import {ROUTES} from './api/routes';
import {type SelfSigned, selfSigned} from './api/self-signed';
import {
  SERVER_DEFAULTS,
  type ServerOptions,
  type ServerSettings,
} from './api/server-options';
import {Traffic, type TrafficCounts} from './api/traffic';
import {createWebServer} from './api/web-server';
import {type World} from './api/world';
import {type Change, type ChangeRecord} from './changes/change';
import {FaultBook} from './faults/fault-book';
import {type FaultRule} from './faults/fault-rule';
import {formatFull, msFromTicks, parseIso} from './time/ticks';
import {UsageError} from './plant/usage-error';
import {buildScene, type Scene, type SceneOptions} from './scene';

/** Everything a simulator can be told; all of it may be left out. */
export interface SimulatorOptions extends SceneOptions, ServerOptions {}

/** A running simulator. */
export interface Simulator extends Scene {
  /** Root of the API, without a slash at the end: `http://127.0.0.1:1234/piwebapi`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** The authority that a client must know, as PEM; undefined without `tls`. */
  readonly certificate: string | undefined;
  /** The plant's time, UTC with seven decimals. */
  now(): string;
  /** @throws UsageError for text that is no time, for the past, and for a live clock. */
  advanceClock(to: string): void;
  /**
   * Changes the plant or its archive at the plant's time.
   *
   * @throws UsageError for what cannot be changed so.
   */
  change(change: Change): ChangeRecord;
  /** The account of what changed when, the earliest first. */
  changes(): readonly ChangeRecord[];
  /** Adds a fault rule to those of the options. */
  addFault(rule: FaultRule): void;
  clearFaults(): void;
  /** The server's process begins anew: what it kept in memory is gone. */
  restart(): void;
  /** Requests by operation, bytes and concurrency since the start. */
  stats(): TrafficCounts;
  close(): Promise<void>;
}

/** Starts a PI Web API over a plant, on the loopback interface. */
export async function startSimulator(
  options: SimulatorOptions = {},
): Promise<Simulator> {
  const settings: ServerSettings = {...SERVER_DEFAULTS, ...options};
  const scene = buildScene(options);
  const world = worldOf(scene, settings);
  const traffic = new Traffic();
  const tls = settings.tls ? selfSigned(scene.epochMs()) : undefined;
  const server = serverOf(scene, settings, {world, traffic, tls});
  const {username, password} = settings;
  return {
    ...scene,
    url: await listen(server, settings.port, tls === undefined ? 'http' : 'https'),
    certificate: tls?.cert,
    username,
    password,
    now: () => formatFull(scene.clock.now()),
    advanceClock: (to) => advance(scene, to),
    change: (change) => scene.changeBook.make(change),
    changes: () => scene.changeBook.all(),
    addFault: (rule) => world.faults.add(rule),
    clearFaults: () => world.faults.clear(),
    restart: () => {
      world.memory.updates.forget();
      world.memory.metadata.forget();
    },
    stats: () => traffic.counts(),
    close: () => close(server),
  };
}

/** The server of a world, not yet listening. */
function serverOf(
  scene: Scene,
  settings: ServerSettings,
  {world, traffic, tls}: {world: World; traffic: Traffic; tls: SelfSigned | undefined},
): Server {
  const rateLimit = new RateLimit(settings.rateLimitPerSecond, scene.epochMs);
  return createWebServer({
    ...settings,
    linkHost: settings.linkHost,
    date: settings.dateHeader === 'plant' ? () => httpDate(scene.clock) : undefined,
    httpSys: httpSysLimits(settings),
    traffic,
    tls,
    dispatcher: new Dispatcher({
      router: new Router(ROUTES),
      backend: new Backend(settings, sleep),
      ...{world, traffic, rateLimit},
    }),
    console: new Console(world, traffic, scene),
    signIn: {...signInOf(settings), accounts: accounts(settings)},
    rateLimit,
  });
}

function signInOf({bearerToken, anonymous}: ServerSettings): Omit<SignIn, 'accounts'> {
  return {bearerToken, anonymous};
}

function httpDate(clock: Clock): string {
  return new Date(msFromTicks(clock.now())).toUTCString();
}

function httpSysLimits(settings: ServerSettings): HttpSysLimits | undefined {
  const {maxUrlBytes} = settings;
  return settings.httpSysLimits ? {...HTTP_SYS_LIMITS, maxUrlBytes} : undefined;
}

/** Resolves to the root of the API. */
async function listen(server: Server, port: number, scheme: string): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return `${scheme}://127.0.0.1:${address.port}/piwebapi`;
}

/** Takes no more requests and cuts those that are still running. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function accounts({username, password, admin}: ServerSettings): readonly Account[] {
  const reader = {username, password, isAdministrator: false};
  return admin === undefined ? [reader] : [reader, {...admin, isAdministrator: true}];
}

function worldOf({plant, archive, clock}: Scene, settings: ServerSettings): World {
  return {
    plant,
    archive,
    clock,
    settings,
    faults: new FaultBook(settings.faults),
    memory: {updates: new UpdateBook(), metadata: new MetadataCache()},
  };
}

function advance({clock}: Scene, to: string): void {
  const ticks = parseIso(to);
  if (ticks === undefined)
    throw new UsageError(`"${to}" is not an ISO 8601 timestamp.`);
  const refusal = clock.advance(ticks);
  if (refusal !== undefined) throw new UsageError(refusal);
}
