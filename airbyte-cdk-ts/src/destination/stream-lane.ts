import {asConnectorError, SystemError, type ConnectorError} from '../errors';
import type {ConfiguredStream} from '../protocol/catalog';
import type {StreamAccount} from './checkpoint-ledger';
import type {
  DestinationSession,
  IncomingRecord,
  LineRun,
  StreamWriter,
} from './destination-connector';

/** Flushes of one stream that may be under way at once. */
const MAX_FLUSHES = 2;

export interface StreamLaneOptions {
  readonly stream: ConfiguredStream;
  readonly session: DestinationSession;
  readonly account: StreamAccount;
  /** Milliseconds of a clock that never goes back. */
  readonly clockMs: () => number;
  /** Told when bytes became free, records durable, or the stream failed. */
  readonly onChange: (freedBytes: number) => void;
  /** Told once, when nothing more of the stream can be stored. */
  readonly onFailure: (failure: ConnectorError) => void;
}

/** A record that came, with its line's length in bytes and its line's text. */
export interface TakenRecord {
  readonly record: IncomingRecord;
  readonly bytes: number;
  readonly text: string;
}

export type Ending = 'complete' | 'incomplete';

/**
 * One stream on its way into its writer: opened when it has started or at its first
 * record, flushed in order, finished once. After a failure it takes nothing more, and
 * says so by `failure`.
 */
export class StreamLane {
  /** Bytes taken since the last flush began: of lines, or of what became of them. */
  heldBytes = 0;
  /** Clock at which the oldest of them was taken. */
  heldSinceMs = 0;
  failure: ConnectorError | undefined;
  ending: Ending | undefined;
  writer: StreamWriter | undefined;
  #heldRecords = 0;
  /** Held, and not yet asked about. */
  #uncounted = 0;
  #opening: Promise<void> | undefined;
  #flushes = 0;
  #lastFlush: Promise<void> = Promise.resolve();
  #end: Promise<void> | undefined;

  constructor(readonly options: StreamLaneOptions) {}

  get account(): StreamAccount {
    return this.options.account;
  }

  /** Opens the writer if that has not happened. Never rejects. */
  open(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** Ready for records: opened, not ending, not failed. */
  get isOpen(): boolean {
    return (
      this.writer !== undefined &&
      this.ending === undefined &&
      this.failure === undefined
    );
  }

  /** Offers a line to the writer's fast lane. False: it must be parsed. */
  line(buffer: Buffer, start: number, end: number): boolean {
    try {
      if (this.writer?.line?.(buffer, start, end) !== true) return false;
      this.#tookRecord(end - start);
    } catch (cause) {
      this.#fail(cause);
      this.missedRecord();
    }
    return true;
  }

  /** Whether lines may be offered many at once. */
  get takesLines(): boolean {
    return this.isOpen && this.writer?.lines !== undefined;
  }

  /** Offers lines to the writer, which counts in the run what it takes. */
  lines(run: LineRun): void {
    try {
      this.writer?.lines?.(run);
      if (run.records > 0) this.#tookRecords(run.records, run.bytes);
    } catch (cause) {
      // What was not taken comes again, one by one, and is counted as missed.
      this.#fail(cause);
    }
  }

  /** Takes a record. The writer is open. */
  record({record, bytes, text}: TakenRecord): void {
    if (!this.isOpen) {
      this.missedRecord();
      return;
    }
    try {
      this.writer?.record(record, bytes, text);
      this.#tookRecord(bytes);
    } catch (cause) {
      this.#fail(cause);
      this.missedRecord();
    }
  }

  /**
   * Counts a record that cannot be stored any more, because the stream has failed or
   * ended: no later state of the stream is echoed.
   */
  missedRecord(): void {
    this.account.received += 1;
    if (this.failure !== undefined) return;
    this.#fail(
      new SystemError(
        'Records of a stream came after its end had been announced; they were not stored.',
        {details: {stream: this.options.stream.descriptor.name}},
      ),
    );
  }

  /** Holds a state until the next flush. */
  holdState(bytes: number): void {
    if (this.#heldRecords > 0) this.#hold(this.heldBytes + bytes);
  }

  /** Bytes that came to be held since this was asked last. */
  takeUncounted(): number {
    const bytes = this.#uncounted;
    this.#uncounted = 0;
    return bytes;
  }

  get mayFlush(): boolean {
    return this.#heldRecords > 0 && this.#flushes < MAX_FLUSHES && !this.failure;
  }

  get isFlushing(): boolean {
    return this.#flushes > 0;
  }

  /** Begins a flush of what is held. */
  flush(): void {
    const flushed = {records: this.account.received, bytes: this.heldBytes};
    this.heldBytes = 0;
    this.#heldRecords = 0;
    this.#flushes += 1;
    this.#lastFlush = this.#flush(this.#lastFlush, flushed);
  }

  /** Flushes, finishes, and resolves when that is done or has failed. */
  end(ending: Ending): Promise<void> {
    this.ending ??= ending;
    this.account.isEnding ||= ending === 'complete';
    this.#end ??= this.#toTheEnd(ending);
    return this.#end;
  }

  #tookRecord(bytes: number): void {
    this.#tookRecords(1, bytes);
  }

  #tookRecords(records: number, bytes: number): void {
    if (this.heldBytes === 0) this.heldSinceMs = this.options.clockMs();
    this.account.received += records;
    this.#heldRecords += records;
    // Columns of many members take more than lines that seldom have them.
    this.#hold(Math.max(this.heldBytes + bytes, this.writer?.heldBytes ?? 0));
  }

  #hold(bytes: number): void {
    this.#uncounted += bytes - this.heldBytes;
    this.heldBytes = bytes;
  }

  async #open(): Promise<void> {
    try {
      this.writer = await this.options.session.open(this.options.stream);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  async #flush(
    previous: Promise<void>,
    {records, bytes}: {records: number; bytes: number},
  ): Promise<void> {
    const [flushed] = await Promise.allSettled([this.#beginFlush(), previous]);
    this.#flushes -= 1;
    if (flushed.status === 'rejected') this.#fail(flushed.reason);
    else if (this.failure === undefined) this.account.durable = records;
    this.options.onChange(bytes);
  }

  /** A writer that throws at once is no different from one that rejects. */
  async #beginFlush(): Promise<void> {
    await this.writer?.flush();
  }

  async #toTheEnd(ending: Ending): Promise<void> {
    if (ending === 'incomplete' && this.#opening === undefined) return;
    await this.open();
    await this.#lastFlush;
    if (this.mayFlush) this.flush();
    await this.#lastFlush;
    if (this.failure !== undefined) return;
    try {
      await this.writer?.finish(ending);
      this.account.isFinished = true;
      this.options.onChange(0);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #fail(cause: unknown): void {
    const freedBytes = this.heldBytes - this.takeUncounted();
    if (this.failure === undefined) {
      this.failure = asConnectorError(cause);
      this.options.onFailure(this.failure);
    }
    this.heldBytes = 0;
    this.#heldRecords = 0;
    this.options.onChange(freedBytes);
  }
}
