import type {z} from 'zod';

import type {Log} from '../output/log';
import type {ConfiguredStream} from '../protocol/catalog';
import type {JsonObject} from '../protocol/json';
import type {About} from '../specification/spec-message';

/** The part of a RECORD message that a destination stores. */
export interface IncomingRecord {
  readonly data: JsonObject;
  /** Epoch milliseconds, as sent; some clients send seconds. */
  readonly emitted_at: number;
  /** `changes` the source already made. */
  readonly meta?: JsonObject;
}

/** When the shell asks a stream to flush, and how much all streams may hold. */
export interface FlushLimits {
  /** Per stream: bytes of RECORD lines taken since its last flush. */
  readonly flushBytes: number;
  /** Per stream: age of the oldest record not yet handed over. */
  readonly flushAfterMs: number;
  /** All streams together, flushes under way included; stdin is paused above it. */
  readonly budgetBytes: number;
}

/**
 * Whole lines that stand one behind the other in a buffer, and how far a writer has come
 * with them. The line feed of the last one is the byte before `end`.
 */
export interface LineRun {
  readonly buffer: Buffer;
  readonly end: number;
  /** Once this many bytes are taken, no further line is. */
  readonly mostBytes: number;
  /** Where the first line begins that is not taken. */
  position: number;
  /** Lines taken. */
  records: number;
  /** Their bytes, without line feeds and carriage returns. */
  bytes: number;
}

/** One stream's life in a destination. The shell never calls two methods at once. */
export interface StreamWriter {
  /**
   * Takes one record into memory. Never waits, never throws for a value that does not
   * fit (that is nulled and told in `_airbyte_meta`). `bytes` is the line's length,
   * `line` its text, where it is at hand: parsing has rounded numbers that the text has
   * in full.
   */
  record(record: IncomingRecord, bytes: number, line?: string): void;

  /**
   * Fast lane: takes the RECORD line `[start, end)` of the buffer without parsing it as
   * a message, or refuses with false, having done nothing. The stream's and the
   * namespace's names are checked by the writer. The buffer is lent for the call only.
   */
  line?(buffer: Buffer, start: number, end: number): boolean;

  /**
   * Fast lane for many lines: takes lines from the run's beginning on, and counts them
   * there, up to the first that is not plainly a RECORD of this stream. The buffer is lent
   * for the call only.
   */
  lines?(run: LineRun): void;

  /** What lines taken and not yet handed to a flush hold in memory, in bytes. */
  readonly heldBytes: number;

  /** Records taken so far that could not be stored at all; told in `destinationStats`. */
  readonly rejectedRecords?: number;

  /**
   * Begins to make everything taken so far durable, in order with earlier flushes, and
   * resolves when it is. `record` may be called meanwhile: those belong to the next one.
   */
  flush(): Promise<void>;

  /**
   * After the last flush. `complete`: the source said COMPLETE, so replace old
   * generations. `incomplete`: keep what was received, replace nothing.
   */
  finish(ending: 'complete' | 'incomplete'): Promise<void>;
}

/** One `write`: gives the shell a writer for every stream of the catalog. */
export interface DestinationSession {
  readonly limits: FlushLimits;
  open(stream: ConfiguredStream): Promise<StreamWriter>;
  /** Called whenever all states were written that what is durable now allows. */
  statesOut?(): void;
  /** Called once at the end, also after a failure. Frees, never commits. */
  close(): Promise<void>;
}

export interface DestinationContext {
  readonly log: Log;
  /** Hides a secret that is not in the configuration, such as a token just obtained. */
  readonly conceal?: (secret: string) => void;
}

/** Everything a destination gives the runtime: `runDestination(about, load)` is its `main`. */
export interface DestinationConnector<Config> extends About {
  /** What a configuration is checked by; the connection specification says the same. */
  readonly configSchema: z.ZodType<Config>;

  /** Resolves with a sentence on what was tried; rejects as in `SourceConnector.check`. */
  check(config: Config, context: DestinationContext): Promise<string>;
  session(config: Config, context: DestinationContext): Promise<DestinationSession>;
}
