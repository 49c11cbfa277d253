import path from 'node:path';

type Json = Readonly<Record<string, unknown>>;

/** What a run is given of time and chance. */
interface Pace {
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
}

interface Queue {
  flush(): Promise<void>;
}

type WriteBlocks = (blocks: readonly Buffer[]) => Promise<number>;
type Log = unknown;

interface Context {
  readonly log: Log;
  readonly conceal?: (secret: string) => void;
}

/** The parts of a built destination that a run in this process is put together from. */
interface Parts {
  readonly UnityDestination: new (surroundings: Json) => unknown;
  readonly databricksSettings: (config: Json, engine: unknown) => unknown;
  readonly openDatabricksLake: (settings: unknown, options: Json) => unknown;
  readonly IteratedInput: new (chunks: AsyncIterable<Buffer>) => unknown;
  readonly OutputQueue: new (write: WriteBlocks) => Queue;
  readonly Redactor: new () => unknown;
  readonly Emitter: new (queue: Queue, options: Json) => unknown;
  readonly writeDestination: (
    connector: unknown,
    order: Json,
    around: Json,
  ) => Promise<boolean>;
  readonly parseConfiguredCatalog: (document: unknown) => {readonly value?: unknown};
}

/** What one run of `write` in this process is given. */
export interface InProcessOrder {
  readonly config: Json;
  readonly catalog: unknown;
  readonly input: AsyncIterable<Buffer>;
  readonly pace: Pace;
  readonly randomBits: () => bigint;
  readonly every: (intervalMs: number, act: () => void) => () => void;
  readonly signal: AbortSignal;
  readonly write: (bytes: Buffer) => void;
}

/** A built destination-unity: the folder it stands in, and its parts. */
export class DestinationBuild {
  private readonly parts: Parts;

  /** @param root A folder with `destination-unity` and `airbyte-cdk-ts`, both built. */
  constructor(private readonly root: string) {
    this.parts = {
      ...this.load('destination-unity/lib/destination.js'),
      ...this.load('destination-unity/lib/open-lake.js'),
      ...this.load('destination-unity/lib/lake/databricks/open-databricks-lake.js'),
      ...this.load('airbyte-cdk-ts/lib/input/chunk-input.js'),
      ...this.load('airbyte-cdk-ts/lib/output/output-queue.js'),
      ...this.load('airbyte-cdk-ts/lib/output/redaction.js'),
      ...this.load('airbyte-cdk-ts/lib/output/emitter.js'),
      ...this.load('airbyte-cdk-ts/lib/destination/destination-commands.js'),
      ...this.load('airbyte-cdk-ts/lib/protocol/configured-catalog.js'),
    } as Parts;
  }

  /** Path of the program. */
  get program(): string {
    return path.join(this.root, 'destination-unity/bin/destination-unity');
  }

  /** Runs `write`. True where the program would end with 0. */
  async write(order: InProcessOrder): Promise<boolean> {
    const {parts} = this;
    const queue = new parts.OutputQueue((blocks) => {
      const bytes = Buffer.concat(blocks);
      order.write(bytes);
      return Promise.resolve(bytes.length);
    });
    const redactor = new parts.Redactor();
    const options = {redactor, logLevel: 'INFO', now: order.pace.nowMs};
    const emitter = new parts.Emitter(queue, options);
    const around = {
      ...{emitter, redactor, signal: order.signal, every: order.every},
      checkMemory: () => undefined,
      clockMs: order.pace.nowMs,
    };
    const catalog = parts.parseConfiguredCatalog(order.catalog).value;
    const input = new parts.IteratedInput(order.input);
    const own = {config: order.config, catalog, input};
    try {
      return await parts.writeDestination(this.connector(order), own, around);
    } catch (thrown) {
      (emitter as {error: (cause: unknown) => void}).error(thrown);
      return false;
    } finally {
      await queue.flush();
    }
  }

  private connector({pace, randomBits}: InProcessOrder): unknown {
    const {UnityDestination, openDatabricksLake, databricksSettings} = this.parts;
    return new UnityDestination({
      openLake: (config: Json, {log, conceal}: Context) =>
        openDatabricksLake(databricksSettings(config, config['engine']), {
          ...{log, pace},
          conceal: (secret: string) => conceal?.(secret),
        }),
      nowMs: pace.nowMs,
      randomBits,
    });
  }

  private load(file: string): object {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- which build is an argument
    return require(path.join(this.root, file)) as object;
  }
}
