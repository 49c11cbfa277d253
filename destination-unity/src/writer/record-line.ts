import type {IncomingRecord, JsonObject, StreamDescriptor} from 'airbyte-cdk-ts';

interface RecordMessage {
  readonly type?: unknown;
  readonly record?: {
    readonly stream?: unknown;
    readonly namespace?: unknown;
    readonly data?: unknown;
    readonly emitted_at?: unknown;
    readonly meta?: unknown;
  };
}

/** Recognizes the RECORD lines of one stream. */
export class RecordLine {
  readonly #name: string;
  readonly #namespace: string | undefined;
  /** With and without a space: other writers of JSON put one. */
  readonly #needles: readonly string[];

  constructor({name, namespace}: StreamDescriptor) {
    this.#name = name;
    this.#namespace = namespace;
    this.#needles = ['"stream":', '"stream": '].map(
      (key) => key + JSON.stringify(name),
    );
  }

  /**
   * The record of the line; undefined for one of another stream, and for any line that is
   * not plainly a RECORD: judging those is the shell's matter.
   */
  read(line: string): IncomingRecord | undefined {
    if (!this.#needles.some((needle) => line.includes(needle))) return undefined;
    const {type, record} = parsed(line);
    if (type !== 'RECORD' || record?.stream !== this.#name) return undefined;
    if ((record.namespace ?? undefined) !== this.#namespace) return undefined;
    return isWhole(record) ? record : undefined;
  }
}

function parsed(line: string): RecordMessage {
  try {
    return (JSON.parse(line) ?? {}) as RecordMessage;
  } catch {
    return {};
  }
}

function isWhole(
  record: NonNullable<RecordMessage['record']>,
): record is NonNullable<RecordMessage['record']> & IncomingRecord {
  return isObject(record.data) && typeof record.emitted_at === 'number';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
