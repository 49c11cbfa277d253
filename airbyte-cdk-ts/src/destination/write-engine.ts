import {
  asConnectorError,
  ConfigError,
  SystemError,
  TransientError,
  type ConnectorError,
} from '../errors';
import type {Chunk, ChunkInput} from '../input/chunk-input';
import {LineSplitter} from '../input/line-splitter';
import type {Emitter} from '../output/emitter';
import type {ConfiguredCatalog, StreamDescriptor} from '../protocol/catalog';
import {CheckpointLedger} from './checkpoint-ledger';
import type {DestinationSession} from './destination-connector';
import {Lanes} from './lanes';
import {LineRouter, type TakenLines} from './line-router';

export interface WriteEngineOptions {
  readonly emitter: Emitter;
  readonly catalog: ConfiguredCatalog;
  readonly session: DestinationSession;
  readonly input: ChunkInput;
  /** Milliseconds of a clock that never goes back. */
  readonly clockMs: () => number;
  /** Calls back from time to time until the returned function is called. */
  readonly every: (intervalMs: number, act: () => void) => () => void;
  readonly progressIntervalMs: number;
  readonly checkMemory: () => void;
  readonly signal: AbortSignal;
}

/** How often the age of what is held is looked at. */
const AGE_CHECK_MS = 500;

/**
 * Reads messages to the end of the input, hands records to their streams' writers and
 * echoes each state once its records are durable. False if anything was not stored and
 * finished as it should be; that has been told by then.
 */
export async function write(options: WriteEngineOptions): Promise<boolean> {
  return new WriteEngine(options).run();
}

class WriteEngine {
  readonly #ledger = new CheckpointLedger();
  readonly #lanes: Lanes;
  readonly #router: LineRouter;
  readonly #splitter = new LineSplitter();

  constructor(private readonly options: WriteEngineOptions) {
    this.#lanes = new Lanes({
      ...options,
      ledger: this.#ledger,
      onDurable: () => this.#echo(),
      // The error itself comes at the end: clients may take it for the end.
      onFailure: ({name}, {message}) =>
        options.emitter.log.error(
          `Nothing more of stream "${name}" is stored: ${message}`,
        ),
    });
    this.#router = new LineRouter({
      ...options,
      ledger: this.#ledger,
      lanes: this.#lanes,
    });
  }

  async run(): Promise<boolean> {
    const {every, progressIntervalMs, emitter, signal} = this.options;
    const stops = [
      every(AGE_CHECK_MS, () => this.#lanes.flushAged()),
      every(progressIntervalMs, () => emitter.log.info(this.#router.progress())),
    ];
    const inputFailure = await this.#readInput();
    await this.#lanes.endAll();
    for (const stop of stops) stop();
    this.#echo();
    this.#router.sayWhatWasIgnored();
    await emitter.queue.flush();
    return this.#tellFailures(inputFailure) && !signal.aborted;
  }

  async #readInput(): Promise<ConnectorError | undefined> {
    const {input, signal} = this.options;
    try {
      await input.each((chunk) => this.#use(chunk));
      const isWhole = !signal.aborted && !this.#lanes.allFailed;
      if (isWhole && this.#splitter.last()) await this.#lastLine();
      return undefined;
    } catch (cause) {
      return signal.aborted ? undefined : asConnectorError(cause);
    }
  }

  #use(chunk: Chunk): boolean | Promise<boolean> {
    this.options.checkMemory();
    this.#splitter.feed(chunk);
    return this.#useLines();
  }

  /** Waits only where it must: most chunks are used up at once. */
  #useLines(): boolean | Promise<boolean> {
    for (;;) {
      const many = this.#manyLines();
      if (many === undefined && !this.#splitter.next()) return this.#isMoreWanted();
      const wait = many === undefined ? this.#router.line(this.#splitter) : many.wait;
      if (wait !== undefined) return wait.then(() => this.#useLines());
    }
  }

  #isMoreWanted(): boolean | Promise<boolean> {
    const {signal, emitter} = this.options;
    if (signal.aborted || this.#lanes.allFailed) return false;
    return emitter.queue.hasRoom || emitter.queue.room().then(() => true);
  }

  /** Undefined where a line has to be looked at by itself. */
  #manyLines(): TakenLines | undefined {
    const ahead = this.#splitter.ahead();
    const taken = ahead && this.#router.lines(ahead);
    if (taken === undefined || taken.records === 0) return undefined;
    this.#splitter.skipTo(taken.position, taken.records);
    return taken;
  }

  async #lastLine(): Promise<void> {
    try {
      await this.#router.line(this.#splitter);
    } catch (cause) {
      const {lineNumber} = this.#splitter;
      throw new TransientError(
        `The input ended in the middle of line ${lineNumber}: the source stopped early. ` +
          'What came before is kept.',
        {cause},
      );
    }
  }

  #echo(): void {
    const {emitter, session} = this.options;
    for (const line of this.#ledger.takeDurable()) emitter.line(`${line}\n`);
    session.statesOut?.();
  }

  #tellFailures(inputFailure: ConnectorError | undefined): boolean {
    const {emitter, signal} = this.options;
    const failed = this.#lanes.failures();
    for (const [stream, failure] of failed) emitter.error(failure, stream);
    for (const [stream, count] of this.#router.unknownRecords()) {
      emitter.error(unknownStream(stream, count), stream);
    }
    if (inputFailure !== undefined) emitter.error(inputFailure);
    const unfinished = signal.aborted ? [] : this.#lanes.unfinished();
    if (unfinished.length > 0) emitter.error(endedEarly(unfinished));
    const unknown = this.#router.unknownRecords().length;
    if (failed.length + unknown + unfinished.length > 0) return false;
    return inputFailure === undefined && this.#leavesNothingBehind();
  }

  /** All went well, so every state must have left: anything else is a defect of ours. */
  #leavesNothingBehind(): boolean {
    const {emitter, signal} = this.options;
    if (this.#ledger.waiting === 0 || signal.aborted) return true;
    emitter.error(
      new SystemError('All is stored, and yet a state was not acknowledged.'),
    );
    return false;
  }
}

function unknownStream(stream: StreamDescriptor, count: number): ConnectorError {
  return new ConfigError(
    `${count} records came for the stream "${stream.name}", which is not in the catalog. ` +
      'They were not stored. Refresh the source schema of the connection.',
  );
}

function endedEarly(streams: readonly StreamDescriptor[]): ConnectorError {
  const names = streams.map(({name}) => `"${name}"`).join(', ');
  return new TransientError(
    `The input ended before these streams were complete: ${names}. ` +
      'What was received is kept; nothing older was replaced.',
  );
}
