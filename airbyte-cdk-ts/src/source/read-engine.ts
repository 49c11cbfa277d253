import {
  asConnectorError,
  ConfigError,
  SystemError,
  TransientError,
  type ConnectorError,
} from '../errors';
import type {Emitter} from '../output/emitter';
import {
  streamKey,
  type ConfiguredCatalog,
  type ConfiguredStream,
  type StreamDescriptor,
} from '../protocol/catalog';
import type {JsonObject} from '../protocol/json';
import {Progress} from './progress';
import type {RateLimitListener} from './source-connector';
import type {AnySourceStream} from './source-stream';
import {modeInForce} from './stored-state';
import {StreamOutput} from './stream-output';
import {runStream, type StreamEnding} from './stream-run';

export interface ReadEngineOptions {
  readonly emitter: Emitter;
  readonly catalog: ConfiguredCatalog;
  /** By `streamKey`. */
  readonly states: ReadonlyMap<string, JsonObject>;
  readonly concurrency: number;
  /** A STATE is written when the last one is older, at the end of a slice. */
  readonly checkpointIntervalMs: number;
  readonly progressIntervalMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly clockMs: () => number;
  /** Calls back from time to time until the returned function is called. */
  readonly every: (intervalMs: number, act: () => void) => () => void;
  readonly checkMemory: () => void;
  readonly signal: AbortSignal;
}

/** Reads the streams of a catalog, one after another. */
export class ReadEngine {
  #current: StreamOutput | undefined;

  /** What streams tell of their waiting, passed on for the stream being read. */
  readonly rateLimit: RateLimitListener = {
    waiting: (untilMs) => this.#current?.waiting(untilMs),
    resumed: () => this.#current?.resumed(),
  };

  constructor(private readonly options: ReadEngineOptions) {}

  /**
   * Reads every configured stream. One that fails is told of and does not stop the
   * others; at the end one TRACE sums up. False if any failed: the process must then
   * exit with 1, for exit 0 promises that all was read.
   */
  async read(streams: readonly AnySourceStream[]): Promise<boolean> {
    const {catalog, emitter, signal} = this.options;
    const failures = new Map<string, ConnectorError>();
    for (const [stream, configured] of pairs(streams, catalog)) {
      if (signal.aborted) break;
      const failure = await this.#readOne(stream, configured);
      if (failure !== undefined) failures.set(configured.descriptor.name, failure);
    }
    if (signal.aborted) return false;
    if (failures.size === 0) return true;
    emitter.error(summaryOf(failures, catalog.streams.length));
    return false;
  }

  async #readOne(
    stream: AnySourceStream | undefined,
    configured: ConfiguredStream,
  ): Promise<ConnectorError | undefined> {
    const {emitter, checkMemory} = this.options;
    const {descriptor} = configured;
    const output = new StreamOutput({stream: descriptor, emitter, checkMemory});
    this.#current = output;
    output.started();
    const ending =
      stream === undefined
        ? unknownStream(descriptor.name)
        : await this.#run({stream, configured, output});
    this.#current = undefined;
    return this.#end({descriptor, output, ending});
  }

  #end(parts: {
    descriptor: StreamDescriptor;
    output: StreamOutput;
    ending: StreamEnding;
  }): ConnectorError | undefined {
    const {descriptor, output, ending} = parts;
    const {emitter, signal} = this.options;
    if (ending.status === 'COMPLETE') {
      const summary = ending.summary === undefined ? '' : ` ${ending.summary}`;
      emitter.log.info(
        `${descriptor.name}: ${output.records} records, complete.${summary}`,
      );
    } else if (!signal.aborted) {
      emitter.error(ending.failure, descriptor);
    }
    output.ended(ending.status);
    return ending.status === 'COMPLETE' ? undefined : asConnectorError(ending.failure);
  }

  async #run(parts: {
    stream: AnySourceStream;
    configured: ConfiguredStream;
    output: StreamOutput;
  }): Promise<StreamEnding> {
    const {stream, configured, output} = parts;
    const {emitter, clockMs, every, checkMemory} = this.options;
    const progress = new Progress(configured.descriptor.name, clockMs());
    let slices = 0;
    const tell = (): void =>
      emitter.log.info(progress.line({records: output.records, slices}, clockMs()));
    const stopTelling = every(this.options.progressIntervalMs, tell);
    const onSlice = (): void => {
      slices += 1;
      checkMemory();
      // What is read need not wait for a full buffer: the destination can be at work.
      void emitter.queue.flush();
    };
    try {
      return await runStream({
        ...this.options,
        stream,
        output,
        mode: modeInForce(stream.declaration, configured.syncMode),
        stored: this.options.states.get(streamKey(configured.descriptor)),
        onSlice,
      });
    } finally {
      stopTelling();
    }
  }
}

/** The configured streams in the source's order, then those it does not know. */
function pairs(
  streams: readonly AnySourceStream[],
  {streams: configured}: ConfiguredCatalog,
): readonly (readonly [AnySourceStream | undefined, ConfiguredStream])[] {
  const asked = new Map(
    configured.map((stream) => [streamKey(stream.descriptor), stream]),
  );
  const found: [AnySourceStream | undefined, ConfiguredStream][] = [];
  for (const stream of streams) {
    const key = streamKey(stream.declaration);
    const wanted = asked.get(key);
    if (wanted !== undefined) found.push([stream, wanted]);
    asked.delete(key);
  }
  return [...found, ...[...asked.values()].map((rest) => [undefined, rest] as const)];
}

function unknownStream(name: string): StreamEnding {
  const failure = new ConfigError(
    `This source has no stream "${name}". Refresh the source schema of the connection.`,
  );
  return {status: 'INCOMPLETE', failure};
}

/** One failure for all: the user's business first, for no retry helps with that. */
function summaryOf(
  failures: ReadonlyMap<string, ConnectorError>,
  streams: number,
): ConnectorError {
  const names = [...failures.keys()].map((name) => `"${name}"`).join(', ');
  const message = `${failures.size} of ${streams} streams were not read to their end: ${names}.`;
  const types = new Set([...failures.values()].map(({failureType}) => failureType));
  if (types.has('config_error')) return new ConfigError(message);
  return types.has('system_error')
    ? new SystemError(message)
    : new TransientError(message);
}
