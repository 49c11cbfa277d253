import {asConnectorError, SystemError} from '../errors';
import type {SyncMode} from '../protocol/catalog';
import {canonicalText, type JsonObject} from '../protocol/json';
import {readSlices} from './slice-pool';
import type {AnySourceStream} from './source-stream';
import {FULL_REFRESH_COMPLETE, stateOnTheWay, stateToResume} from './stored-state';
import type {StreamOutput} from './stream-output';

export interface StreamRunOptions {
  readonly stream: AnySourceStream;
  readonly mode: SyncMode;
  /** What an earlier sync wrote, as it was handed back. */
  readonly stored: JsonObject | undefined;
  readonly output: StreamOutput;
  readonly concurrency: number;
  readonly checkpointIntervalMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly clockMs: () => number;
  readonly signal: AbortSignal;
  readonly onSlice: () => void;
}

/** How the reading of a stream came to its end. */
export type StreamEnding =
  | {readonly status: 'COMPLETE'; readonly summary: string | undefined}
  | {readonly status: 'INCOMPLETE'; readonly failure: unknown};

/**
 * Reads one stream from its stored state to its end. Never rejects: a failure ends the
 * stream, after the last state that is true has been written.
 */
export async function runStream(options: StreamRunOptions): Promise<StreamEnding> {
  const run = new StreamRun(options);
  try {
    return await run.toTheEnd();
  } catch (failure) {
    run.writeWhatIsTrue();
    return {status: 'INCOMPLETE', failure};
  }
}

class StreamRun {
  #state: unknown;
  #hasAdvanced = false;
  #lastCheckpointMs: number;

  constructor(private readonly options: StreamRunOptions) {
    this.#lastCheckpointMs = options.clockMs();
  }

  async toTheEnd(): Promise<StreamEnding> {
    const {stream, mode, stored, signal} = this.options;
    const resumed = stateToResume(stream.declaration, mode, stored);
    this.#state = stream.decodeState(resumed);
    while (!signal.aborted && (await this.#round()) > 0);
    const failure = stream.failure?.(this.#state);
    if (failure !== undefined) throw failure;
    if (signal.aborted) throw interrupted(signal);
    this.options.output.state(
      mode === 'full_refresh' ? FULL_REFRESH_COMPLETE : stream.encodeState(this.#state),
    );
    return {status: 'COMPLETE', summary: stream.summary?.(this.#state)};
  }

  writeWhatIsTrue(): void {
    if (this.#hasAdvanced && this.#mayResume())
      this.options.output.newState(this.#onTheWay());
  }

  /** Reads the slices of one plan; returns how many there were. */
  async #round(): Promise<number> {
    const {stream, output, concurrency, signal, onSlice} = this.options;
    const before = canonicalText(stream.encodeState(this.#state));
    let slices = 0;
    const outcomes = readSlices({
      slices: stream.plan(this.#state),
      read: (slice) => stream.read(slice, output),
      limit: concurrency,
      signal,
    });
    for await (const outcome of outcomes) {
      slices += 1;
      this.#state = stream.advance(this.#state, outcome);
      this.#hasAdvanced = true;
      onSlice();
      this.#checkpoint();
    }
    if (slices > 0) this.#refuseToStandStill(before);
    return slices;
  }

  #checkpoint(): void {
    const nowMs = this.options.clockMs();
    if (nowMs - this.#lastCheckpointMs < this.options.checkpointIntervalMs) return;
    this.#lastCheckpointMs = nowMs;
    if (this.#mayResume()) this.options.output.newState(this.#onTheWay());
  }

  #mayResume(): boolean {
    return (
      this.options.mode === 'incremental' || this.options.stream.declaration.isResumable
    );
  }

  #onTheWay(): JsonObject {
    return stateOnTheWay(
      this.options.mode,
      this.options.stream.encodeState(this.#state),
    );
  }

  #refuseToStandStill(before: string): void {
    const {stream} = this.options;
    if (canonicalText(stream.encodeState(this.#state)) !== before) return;
    throw new SystemError(
      'The stream was read without getting on; to go on would mean to read the same for ever.',
      {details: {stream: stream.declaration.name}},
    );
  }
}

function interrupted(signal: AbortSignal): Error {
  return asConnectorError(signal.reason);
}
