import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {withOrigin, withoutOrigin} from './answer-key';

/** One request and where its answer lies in `answers.bin`. */
export interface RecordedExchange {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** Without the origin it was sent to. */
  readonly requestBody: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly offset: number;
  readonly length: number;
  /** The answer names its server, so it is rewritten when it is served. */
  readonly namesOrigin: boolean;
}

/** What a recording is told of an exchange. */
export type NewExchange = Omit<
  RecordedExchange,
  'offset' | 'length' | 'namesOrigin' | 'requestBody'
> & {readonly requestBody: string; readonly body: Buffer};

const INDEX = 'exchanges.json';
const ANSWERS = 'answers.bin';

/** Writes a recording into a folder: answers one behind the other, and their index. */
export class RecordingWriter implements Disposable {
  readonly #exchanges: RecordedExchange[] = [];
  readonly #answers: number;
  #offset = 0;

  constructor(private readonly folder: string) {
    mkdirSync(folder, {recursive: true});
    this.#answers = openSync(join(folder, ANSWERS), 'w');
  }

  add({body, requestBody, ...exchange}: NewExchange, origin: string): void {
    const namesOrigin = body.includes(origin);
    const stored = namesOrigin
      ? Buffer.from(withoutOrigin(body.toString('utf8'), origin))
      : body;
    for (let written = 0; written < stored.length;) {
      written += writeSync(this.#answers, stored, written);
    }
    this.#exchanges.push({
      ...exchange,
      requestBody: withoutOrigin(requestBody, origin),
      offset: this.#offset,
      length: stored.length,
      namesOrigin,
    });
    this.#offset += stored.length;
  }

  /** Writes the index: before, the recording cannot be read. */
  [Symbol.dispose](): void {
    closeSync(this.#answers);
    writeFileSync(join(this.folder, INDEX), JSON.stringify(this.#exchanges));
  }
}

/** The exchanges of a recording, in the order in which they were answered. */
export function recordedExchanges(folder: string): readonly RecordedExchange[] {
  const text = readFileSync(join(folder, INDEX), 'utf8');
  return JSON.parse(text) as readonly RecordedExchange[];
}

/** Reads answers of a recording by key. */
export class RecordingReader {
  readonly #byKey: ReadonlyMap<string, RecordedExchange>;
  readonly #answers: number;

  constructor(folder: string) {
    // Of several answers to one request the last counts: the first may be a challenge.
    this.#byKey = new Map(recordedExchanges(folder).map((one) => [one.key, one]));
    this.#answers = openSync(join(folder, ANSWERS), 'r');
  }

  exchange(key: string): RecordedExchange | undefined {
    return this.#byKey.get(key);
  }

  /** The answer's bytes, as the server at `origin` would have sent them. */
  body({offset, length, namesOrigin}: RecordedExchange, origin: string): Buffer {
    const stored = Buffer.allocUnsafe(length);
    this.read(offset, stored);
    if (!namesOrigin) return stored;
    return Buffer.from(withOrigin(stored.toString('utf8'), origin));
  }

  /** Fills `target` with the file of the answers from a place on. */
  read(offset: number, target: Buffer): void {
    const {length} = target;
    for (let read = 0; read < length;) {
      read += readSync(this.#answers, target, read, length - read, offset + read);
    }
  }

  close(): void {
    closeSync(this.#answers);
  }
}
