import type {Emitter} from '../output/emitter';
import type {StreamDescriptor} from '../protocol/catalog';
import {canonicalText, type JsonObject} from '../protocol/json';
import {recordEnvelope, streamStateLine, type StreamStatus} from '../protocol/messages';
import type {LineSink, RecordEnvelope} from './source-stream';

export interface StreamOutputOptions {
  readonly stream: StreamDescriptor;
  readonly emitter: Emitter;
  /** Asked before more is taken; throws when memory runs out. */
  readonly checkMemory: () => void;
}

/** Platforms choke on states of several megabytes. */
const LARGE_STATE_CHARACTERS = 1_000_000;

/** All that one stream says: its records, its states with their counts, its statuses. */
export class StreamOutput implements LineSink {
  #records = 0;
  #recordsBeforeState = 0;
  #lastState: string | undefined;
  #status: StreamStatus | undefined;
  #waits = 0;

  constructor(private readonly options: StreamOutputOptions) {}

  /** Records written so far. */
  get records(): number {
    return this.#records;
  }

  envelope(): RecordEnvelope {
    return recordEnvelope(this.options.stream, this.options.emitter.now());
  }

  async write(lines: string | Buffer, records: number): Promise<void> {
    if (records > 0 && this.#status === 'STARTED') this.#say('RUNNING');
    this.options.emitter.queue.append(lines);
    this.#records += records;
    this.options.checkMemory();
    await this.options.emitter.queue.room();
  }

  memory(): Buffer {
    return this.options.emitter.queue.memory();
  }

  started(): void {
    this.#say('STARTED');
  }

  ended(status: 'COMPLETE' | 'INCOMPLETE'): void {
    this.#say(status);
  }

  /** @param untilMs Epoch milliseconds at which the wait ends. */
  waiting(untilMs: number): void {
    this.#waits += 1;
    if (this.#waits === 1) this.#say('RUNNING', untilMs);
  }

  resumed(): void {
    if (this.#waits === 0) return;
    this.#waits -= 1;
    if (this.#waits === 0) this.#say('RUNNING');
  }

  /** Writes a state unless the last one said the same and no record came since. */
  state(state: JsonObject): void {
    const isNew = canonicalText(state) !== this.#lastState;
    if (isNew || this.#records > this.#recordsBeforeState) this.#writeState(state);
  }

  /** Writes a state only if it says something new. */
  newState(state: JsonObject): void {
    if (canonicalText(state) !== this.#lastState) this.#writeState(state);
  }

  #writeState(state: JsonObject): void {
    const text = canonicalText(state);
    const {emitter, stream} = this.options;
    if (text.length > LARGE_STATE_CHARACTERS && this.#lastState === undefined) {
      emitter.log.warn(`The state of ${stream.name} has ${text.length} characters.`);
    }
    emitter.line(
      streamStateLine(stream, text, this.#records - this.#recordsBeforeState),
    );
    this.#lastState = text;
    this.#recordsBeforeState = this.#records;
  }

  #say(status: StreamStatus, quotaResetMs?: number): void {
    this.#status = status;
    this.options.emitter.status({stream: this.options.stream, status, quotaResetMs});
  }
}
