import {BenchError} from '../bench-error';
import {
  ANSWER_HEAD,
  ANSWER_TAIL,
  STREAM_HEAD,
  STREAM_MIDDLE,
  STREAM_TAIL,
  VALUE_HEAD,
} from './batch-text';
import {ticksAt} from './ticks';

/** The values of one stream in an answer, by their place in its bytes. */
export interface CutStream {
  readonly webId: string;
  /** In ticks, in the order of the values. */
  readonly ticks: Float64Array;
  /** Where each value begins, and one place more: two behind the last byte of the last. */
  readonly starts: Uint32Array;
}

const [QUOTE, ESCAPE, OPEN, CLOSE, COMMA, END] = [0x22, 0x5c, 0x7b, 0x7d, 0x2c, 0x5d];

/**
 * The streams of an answer to a batch, by the ids of its requests in their order.
 *
 * @throws BenchError where the text is not of the one form that can be put together anew.
 */
export function cutAnswer(
  bytes: Buffer,
  ids: readonly string[],
): readonly (readonly CutStream[])[] {
  return new Cutter(bytes).answers(ids);
}

class Cutter {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  answers(ids: readonly string[]): readonly (readonly CutStream[])[] {
    const answers = ids.map((id, position) => {
      this.#expect(`${position === 0 ? '{' : ','}${JSON.stringify(id)}${ANSWER_HEAD}`);
      const streams = this.#list(() => this.#stream());
      this.#expect(ANSWER_TAIL);
      return streams;
    });
    this.#expect('}');
    return answers;
  }

  #stream(): CutStream {
    this.#expect(STREAM_HEAD);
    const end = this.bytes.indexOf(QUOTE, this.#at);
    const webId = this.bytes.toString('latin1', this.#at, end);
    this.#at = end;
    this.#expect(STREAM_MIDDLE);
    const ticks: number[] = [];
    const starts = this.#list(() => {
      const start = this.#at;
      this.#expect(VALUE_HEAD);
      ticks.push(ticksAt(this.bytes, this.#at));
      this.#at = endOfObject(this.bytes, start);
      return start;
    });
    starts.push(this.#at + 1);
    this.#expect(STREAM_TAIL);
    return {webId, ticks: Float64Array.from(ticks), starts: Uint32Array.from(starts)};
  }

  /** What stands up to the closing bracket, with commas between. */
  #list<T>(member: () => T): T[] {
    const members: T[] = [];
    while (this.bytes[this.#at] !== END) {
      if (members.length > 0) this.#at += this.bytes[this.#at] === COMMA ? 1 : 0;
      members.push(member());
    }
    return members;
  }

  #expect(text: string): void {
    const end = this.#at + text.length;
    const found = this.bytes.toString('latin1', this.#at, end);
    if (found !== text) {
      throw new BenchError(
        `A recorded answer has ${found} where ${text} was expected, at ${this.#at}.`,
      );
    }
    this.#at = end;
  }
}

/** The place behind an object that begins at a place. */
function endOfObject(bytes: Buffer, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfText(bytes, at);
    else if (byte === OPEN) depth += 1;
    else if (byte === CLOSE) depth -= 1;
    at += 1;
  } while (depth > 0 && at < bytes.length);
  return at;
}

/** The place of the quote that closes a text. */
function endOfText(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (bytes[at] !== QUOTE && at < bytes.length) at += bytes[at] === ESCAPE ? 2 : 1;
  return at;
}
