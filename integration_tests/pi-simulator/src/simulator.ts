import {type Server} from 'node:http';
import {type AddressInfo} from 'node:net';

import {Console} from './api/console';
import {type Account} from './api/credentials';
import {Dispatcher} from './api/dispatcher';
import {RateLimit} from './api/rate-limit';
import {Router} from './api/router';
import {ROUTES} from './api/routes';
import {selfSigned} from './api/self-signed';
import {Traffic, type TrafficCounts} from './api/traffic';
import {createWebServer} from './api/web-server';
import {type World} from './api/world';
import {type Change, type ChangeRecord} from './changes/change';
import {FaultBook} from './faults/fault-book';
import {type FaultRule} from './faults/fault-rule';
import {formatFull, parseIso} from './time/ticks';
import {UsageError} from './plant/usage-error';
import {buildScene, type Scene, type SceneOptions} from './scene';
import {type WebIdType} from './identity/web-id';

/** Everything a simulator can be told; all of it may be left out. */
export interface SimulatorOptions extends SceneOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  readonly username?: string;
  readonly password?: string;
  /** An account that may also read the protected resources. */
  readonly admin?: {readonly username: string; readonly password: string};
  readonly bearerToken?: string;
  /** Serve HTTPS with a certificate made at the start. */
  readonly tls?: boolean;
  readonly latencyMs?: number;
  readonly rateLimitPerSecond?: number;
  readonly maxReturnedItems?: number;
  readonly defaultPageSize?: number;
  readonly maxBodyBytes?: number;
  readonly webIdType?: WebIdType;
  readonly csrfDefence?: boolean;
  /** A stream that does not exist fails the whole stream set, or only its own item. */
  readonly missingStream?: 'whole' | 'item';
  /** Count system states and bad values as events of a summary. */
  readonly summaryCountsBad?: boolean;
  /** The count of an empty range: 0, or the state No Data. */
  readonly emptySummary?: 'zero' | 'no_data';
  /** Host written into links in place of the one the caller used. */
  readonly linkHost?: string;
  readonly faults?: readonly FaultRule[];
}

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
  /** Requests by operation, bytes and concurrency since the start. */
  stats(): TrafficCounts;
  close(): Promise<void>;
}

/** The options that have a default of their own. */
type Defaulted = Required<
  Omit<SimulatorOptions, keyof SceneOptions | 'admin' | 'bearerToken' | 'linkHost'>
>;
type Complete = SimulatorOptions & Defaulted;

const DEFAULTS: Defaulted = {
  port: 0,
  username: 'pi-reader',
  password: 'pi-reader-password',
  tls: false,
  latencyMs: 0,
  rateLimitPerSecond: 1000,
  maxReturnedItems: 150_000,
  defaultPageSize: 1000,
  maxBodyBytes: 4_194_304,
  webIdType: 'Full',
  csrfDefence: true,
  missingStream: 'whole',
  summaryCountsBad: false,
  emptySummary: 'zero',
  faults: [],
};

/** Starts a PI Web API over a plant, on the loopback interface. */
export async function startSimulator(
  options: SimulatorOptions = {},
): Promise<Simulator> {
  const complete: Complete = {...DEFAULTS, ...options};
  const scene = buildScene(options);
  const world = worldOf(scene, complete);
  const traffic = new Traffic();
  const tls = complete.tls ? selfSigned(scene.epochMs()) : undefined;
  const server = createWebServer({
    ...complete,
    linkHost: complete.linkHost,
    traffic,
    tls,
    dispatcher: new Dispatcher(new Router(ROUTES), world, traffic),
    console: new Console(world, traffic, scene.changeBook),
    signIn: {accounts: accounts(complete), bearerToken: complete.bearerToken},
    rateLimit: new RateLimit(complete.rateLimitPerSecond, scene.epochMs),
  });
  const {username, password} = complete;
  return {
    ...scene,
    url: await listen(server, complete.port, tls === undefined ? 'http' : 'https'),
    certificate: tls?.cert,
    username,
    password,
    now: () => formatFull(scene.clock.now()),
    advanceClock: (to) => advance(scene, to),
    change: (change) => scene.changeBook.make(change),
    changes: () => scene.changeBook.all(),
    addFault: (rule) => world.faults.add(rule),
    clearFaults: () => world.faults.clear(),
    stats: () => traffic.counts(),
    close: () => close(server),
  };
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

function accounts({username, password, admin}: Complete): readonly Account[] {
  const reader = {username, password, isAdministrator: false};
  return admin === undefined ? [reader] : [reader, {...admin, isAdministrator: true}];
}

function worldOf({plant, archive, clock}: Scene, settings: Complete): World {
  return {plant, archive, clock, settings, faults: new FaultBook(settings.faults)};
}

function advance({clock}: Scene, to: string): void {
  const ticks = parseIso(to);
  if (ticks === undefined)
    throw new UsageError(`"${to}" is not an ISO 8601 timestamp.`);
  const refusal = clock.advance(ticks);
  if (refusal !== undefined) throw new UsageError(refusal);
}
