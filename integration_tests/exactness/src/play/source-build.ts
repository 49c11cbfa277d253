import path from 'node:path';

import type {FastClock} from './fast-clock';

type Json = Readonly<Record<string, unknown>>;

/** What of a connector is needed here. */
interface Connector {
  streams(config: Json, context: unknown): Promise<unknown>;
  discover(config: unknown): readonly Declaration[];
  close?(): Promise<void>;
  readonly configSchema: {parse(config: Json): unknown};
  readonly name: string;
  readonly version: string;
  concurrency(config: unknown): number;
}

interface Declaration {
  readonly name: string;
  readonly supportedSyncModes: readonly string[];
}

interface Queue {
  flush(): Promise<void>;
}

type WriteBlocks = (blocks: readonly Buffer[]) => Promise<number>;

/** The parts of a built source that a run in this process is put together from. */
interface Parts {
  readonly PiSource: new (clock: FastClock) => Connector;
  readonly OutputQueue: new (write: WriteBlocks) => Queue;
  readonly Redactor: new () => unknown;
  readonly Emitter: new (queue: Queue, options: Json) => unknown;
  readonly readSource: (
    connector: Connector,
    order: Json,
    around: Json,
  ) => Promise<boolean>;
  readonly parseConfiguredCatalog: (document: unknown) => {readonly value?: unknown};
  readonly parseInputState: (document: unknown) => {readonly value?: unknown};
}

/** What one reading in this process is given. */
export interface InProcessOrder {
  readonly config: Json;
  readonly catalog: Json;
  readonly states: readonly unknown[];
  readonly clock: FastClock;
  /** Shorter than the settings allow, so that a time-out is soon over. */
  readonly requestTimeoutSeconds: number | undefined;
  readonly signal: AbortSignal;
  readonly write: (bytes: Buffer) => void;
}

/** A built source-pi: the folder it stands in, and its parts. */
export class SourceBuild {
  private readonly parts: Parts;

  /** @param root A folder with `sources/pi` and `airbyte-cdk-ts`, both built. */
  constructor(private readonly root: string) {
    this.parts = {
      ...this.load('sources/pi/lib/source.js'),
      ...this.load('airbyte-cdk-ts/lib/output/output-queue.js'),
      ...this.load('airbyte-cdk-ts/lib/output/redaction.js'),
      ...this.load('airbyte-cdk-ts/lib/output/emitter.js'),
      ...this.load('airbyte-cdk-ts/lib/source/source-commands.js'),
      ...this.load('airbyte-cdk-ts/lib/protocol/configured-catalog.js'),
      ...this.load('airbyte-cdk-ts/lib/protocol/input-state.js'),
    } as Parts;
  }

  /** Path of the program. */
  get program(): string {
    return path.join(this.root, 'sources/pi/bin/source-pi');
  }

  /** Names of the streams that the source has, and whether each is incremental. */
  streams(config: Json, clock: FastClock): ReadonlyMap<string, boolean> {
    const source = new this.parts.PiSource(clock);
    const declarations = source.discover(source.configSchema.parse(config));
    return new Map(
      declarations.map(({name, supportedSyncModes}) => [
        name,
        supportedSyncModes.includes('incremental'),
      ]),
    );
  }

  /** Runs `read`. True where all streams were read to their end. */
  async read(order: InProcessOrder): Promise<boolean> {
    const {parts} = this;
    const queue = new parts.OutputQueue((blocks) => {
      const bytes = Buffer.concat(blocks);
      order.write(bytes);
      return Promise.resolve(bytes.length);
    });
    const redactor = new parts.Redactor();
    const emitter = new parts.Emitter(queue, {
      redactor,
      logLevel: 'INFO',
      now: () => 0,
    });
    const around = {
      emitter,
      redactor,
      signal: order.signal,
      checkMemory: () => undefined,
      clockMs: () => order.clock.nowMs(),
      every: () => () => undefined,
    };
    const catalog = parts.parseConfiguredCatalog(order.catalog).value;
    const states = parts.parseInputState(order.states).value;
    const own = {config: order.config, catalog, states, checkpointIntervalMs: 0};
    try {
      return await parts.readSource(this.connector(order), own, around);
    } catch (thrown) {
      (emitter as {error: (cause: unknown) => void}).error(thrown);
      return false;
    } finally {
      await queue.flush();
    }
  }

  private connector({clock, requestTimeoutSeconds}: InProcessOrder): Connector {
    const source = new this.parts.PiSource(clock);
    if (requestTimeoutSeconds === undefined) return source;
    const hurry = (config: Json): Json => ({
      ...config,
      network: {
        ...(config['network'] as Json),
        request_timeout_seconds: requestTimeoutSeconds,
      },
    });
    return Object.assign(Object.create(source) as Connector, {
      streams: (config: Json, context: unknown) =>
        source.streams(hurry(config), context),
      concurrency: (config: unknown) => source.concurrency(config),
      close: () => source.close?.() ?? Promise.resolve(),
    });
  }

  private load(file: string): object {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- which build is an argument
    return require(path.join(this.root, file)) as object;
  }
}
