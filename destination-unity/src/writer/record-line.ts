import type {IncomingRecord, JsonObject, StreamDescriptor} from 'airbyte-cdk-ts';

import {envelopeOf, EnvelopeReader} from './record-envelope';

interface SentRecord {
  readonly stream?: unknown;
  readonly namespace?: unknown;
  readonly data?: unknown;
  readonly emitted_at?: unknown;
  readonly meta?: unknown;
}

interface RecordMessage {
  readonly type?: unknown;
  readonly record?: SentRecord;
}

/** Lines that must be found in an envelope for each that is not, or it does not pay. */
const LINES_A_MISS = 100;
const MOST_CREDIT = 10 * LINES_A_MISS;

/** Recognizes the RECORD lines of one stream. */
export class RecordLine {
  readonly #name: string;
  readonly #namespace: string | undefined;
  /** With and without a space: other writers of JSON put one. */
  readonly #needles: readonly string[];
  #envelope: EnvelopeReader | undefined;
  /** Spent by lines out of the envelope, earned by lines in it; without it there is none. */
  #credit = MOST_CREDIT;

  constructor({name, namespace}: StreamDescriptor) {
    this.#name = name;
    this.#namespace = namespace;
    this.#needles = ['"stream":', '"stream": '].map(
      (key) => key + JSON.stringify(name),
    );
  }

  /**
   * The record of the line; undefined for one of another stream, and for any line that is
   * not plainly a RECORD: judging those is the shell's matter. Valid until the next call.
   */
  read(line: string): IncomingRecord | undefined {
    const content = this.#envelope?.read(line);
    if (content === undefined) return this.#parse(line);
    if (this.#credit < MOST_CREDIT) this.#credit += 1;
    return content;
  }

  #parse(line: string): IncomingRecord | undefined {
    if (!this.#needles.some((needle) => line.includes(needle))) return undefined;
    const message = parsed(line);
    if (!this.#isOurs(message) || !isWhole(message.record)) return undefined;
    if (this.#credit > 0) this.#learn(line);
    return message.record;
  }

  #isOurs({type, record}: RecordMessage): boolean {
    if (type !== 'RECORD' || record?.stream !== this.#name) return false;
    return (record.namespace ?? undefined) === this.#namespace;
  }

  /** Those behind the line may be like it. */
  #learn(line: string): void {
    this.#credit -= LINES_A_MISS;
    const envelope =
      this.#credit > 0
        ? envelopeOf(line, (message) => this.#isOurs(message))
        : undefined;
    this.#envelope = envelope && new EnvelopeReader(envelope);
  }
}

function parsed(line: string): RecordMessage {
  try {
    return (JSON.parse(line) ?? {}) as RecordMessage;
  } catch {
    return {};
  }
}

function isWhole(record: SentRecord = {}): record is SentRecord & IncomingRecord {
  return isObject(record.data) && typeof record.emitted_at === 'number';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
