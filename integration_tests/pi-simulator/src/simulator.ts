import {type AddressInfo} from 'node:net';

import {Console} from './api/console';
import {type Account} from './api/credentials';
import {Dispatcher} from './api/dispatcher';
import {RateLimit} from './api/rate-limit';
import {Router} from './api/router';
import {ROUTES} from './api/routes';
import {Traffic, type TrafficCounts} from './api/traffic';
import {createWebServer} from './api/web-server';
import {type World} from './api/world';
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
  readonly latencyMs?: number;
  readonly rateLimitPerSecond?: number;
  readonly maxReturnedItems?: number;
  readonly defaultPageSize?: number;
  readonly maxBodyBytes?: number;
  readonly webIdType?: WebIdType;
  readonly csrfDefence?: boolean;
  /** A stream that does not exist fails the whole stream set, or only its own item. */
  readonly missingStream?: 'whole' | 'item';
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
  /** The plant's time, UTC with seven decimals. */
  now(): string;
  /** @throws UsageError for text that is no time, for the past, and for a live clock. */
  advanceClock(to: string): void;
  /** Adds a fault rule to those of the options. */
  addFault(rule: FaultRule): void;
  clearFaults(): void;
  /** Requests by operation, bytes and concurrency since the start. */
  stats(): TrafficCounts;
  close(): Promise<void>;
}

const DEFAULT_USERNAME = 'pi-reader';
const DEFAULT_PASSWORD = 'pi-reader-password';
const MAX_BODY_BYTES = 4_194_304;

/** Starts a PI Web API over a plant, on the loopback interface. */
export async function startSimulator(
  options: SimulatorOptions = {},
): Promise<Simulator> {
  const scene = buildScene(options);
  const world = worldOf(scene, options);
  const traffic = new Traffic();
  const dispatcher = new Dispatcher(new Router(ROUTES), world, traffic);
  const [account] = accounts(options);
  const server = createWebServer({
    dispatcher,
    traffic,
    console: new Console(world, traffic),
    signIn: {accounts: accounts(options), bearerToken: options.bearerToken},
    rateLimit: new RateLimit(options.rateLimitPerSecond ?? 1000, scene.epochMs),
    csrfDefence: options.csrfDefence ?? true,
    latencyMs: options.latencyMs ?? 0,
    maxBodyBytes: options.maxBodyBytes ?? MAX_BODY_BYTES,
    linkHost: options.linkHost,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const {port} = server.address() as AddressInfo;
  return {
    ...scene,
    url: `http://127.0.0.1:${port}/piwebapi`,
    username: account.username,
    password: account.password,
    now: () => formatFull(scene.clock.now()),
    advanceClock: (to) => advance(scene, to),
    addFault: (rule) => world.faults.add(rule),
    clearFaults: () => world.faults.clear(),
    stats: () => traffic.counts(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function accounts(options: SimulatorOptions): readonly [Account, ...Account[]] {
  const {username = DEFAULT_USERNAME, password = DEFAULT_PASSWORD, admin} = options;
  const reader = {username, password, isAdministrator: false};
  return admin === undefined ? [reader] : [reader, {...admin, isAdministrator: true}];
}

function worldOf(scene: Scene, options: SimulatorOptions): World {
  return {
    plant: scene.plant,
    archive: scene.archive,
    clock: scene.clock,
    faults: new FaultBook(options.faults ?? []),
    settings: {
      maxReturnedItems: options.maxReturnedItems ?? 150_000,
      defaultPageSize: options.defaultPageSize ?? 1000,
      webIdType: options.webIdType ?? 'Full',
      missingStream: options.missingStream ?? 'whole',
    },
  };
}

function advance({clock}: Scene, to: string): void {
  const ticks = parseIso(to);
  if (ticks === undefined)
    throw new UsageError(`"${to}" is not an ISO 8601 timestamp.`);
  const refusal = clock.advance(ticks);
  if (refusal !== undefined) throw new UsageError(refusal);
}
