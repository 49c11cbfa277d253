import type {FieldPath, StreamDescriptor, SyncMode} from '../protocol/catalog';
import type {JsonObject} from '../protocol/json';

/** What `discover` says of a stream. Static: it never depends on what PI holds. */
export interface StreamDeclaration extends StreamDescriptor {
  /** Draft-07, top level an object, every member nullable but the key's. */
  readonly jsonSchema: JsonObject;
  readonly supportedSyncModes: readonly SyncMode[];
  readonly primaryKey: readonly FieldPath[];
  /** Source-defined cursor; empty where there is none. */
  readonly cursorField: FieldPath;
  /** A failed attempt of one job goes on where it stopped. */
  readonly isResumable: boolean;
}

/**
 * Where a slice puts its records: text of whole RECORD lines.
 *
 * The envelope is rendered once per batch; a line is `head + data + tail`, so that a
 * record costs one string and nothing else.
 */
export interface LineSink {
  /** Head and tail of every RECORD line of this stream, `emitted_at` being now. */
  envelope(): RecordEnvelope;
  /**
   * Takes whole lines, each ended by a line feed, holding `records` records.
   * Resolves when the output has room again: await it before making more.
   */
  write(lines: string | Buffer, records: number): Promise<void>;
  /**
   * Memory to make lines in. What stands at its beginning is written without being
   * copied: once it was passed to `write`, it is the caller's no more.
   */
  memory(): Buffer;
}

export interface RecordEnvelope {
  /** `{"type":"RECORD","record":{"stream":"…","emitted_at":1767225600000,"data":` */
  readonly head: string;
  /** `}}` and a line feed. */
  readonly tail: string;
}

/**
 * One stream of a source, in four functions. Everything that decides is pure.
 *
 * Reading goes in rounds: `plan` yields the slices of one round, the engine reads
 * them, several at once, calls `advance` in the order in which they end, and plans
 * again from the new state. A round without slices ends the stream. A round that had
 * slices but left the state as it was is a `SystemError`: no progress is never a loop.
 */
export interface SourceStream<Slice, Outcome, State> {
  readonly declaration: StreamDeclaration;

  /**
   * The state a sync starts from. `stored` is what an earlier sync wrote, undefined
   * for a first sync. Throws a `ConfigError` that names the damaged part.
   */
  decodeState(stored: JsonObject | undefined): State;

  /** What a STATE message carries. Deterministic: equal states, equal text. */
  encodeState(state: State): JsonObject;

  /** What to read next. May ask PI what exists. */
  plan(state: State): AsyncIterable<Slice>;

  /**
   * Reads a slice to its end and writes its lines. A rejected promise fails the
   * stream; what must fail alone (one point) is part of the outcome instead.
   */
  read(slice: Slice, lines: LineSink): Promise<Outcome>;

  /** Pure: what is true after the outcome. The only place where a cursor moves. */
  advance(state: State, outcome: Outcome): State;

  /** Said once after the last round, for the log: counts, failed points. */
  summary?(state: State): string;

  /**
   * What must be made known as a failure although the rest went well, such as a point
   * that could not be read: the stream ends INCOMPLETE and the process exits 1.
   * Undefined: the stream is COMPLETE.
   */
  failure?(state: State): Error | undefined;
}

/** A stream whose type parameters only it knows. */
export type AnySourceStream = SourceStream<unknown, unknown, unknown>;
