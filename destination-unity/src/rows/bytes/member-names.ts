import type {LineBytes} from './line-bytes';
import {endOfText} from './text-scan';

const QUOTE = 34;
const NONE = -1;

/**
 * The names of members that an object may have, told by their bytes. Objects of one writer
 * mostly have the same members in the same order, so the name that followed the last one
 * before is tried first.
 */
export class MemberNames {
  /** Where the name found last ends, at its closing quote. */
  end = 0;
  /** Undefined for names that are not written as they are. */
  readonly #bytes: readonly (Buffer | undefined)[];
  readonly #numbers: ReadonlyMap<string, number>;
  /** Shifted by one, for there is a first name that follows none. */
  readonly #followers: Int32Array;
  #last = NONE;

  constructor(
    private readonly line: LineBytes,
    names: readonly string[],
  ) {
    this.#bytes = names.map((name) =>
      JSON.stringify(name) === `"${name}"` ? Buffer.from(name) : undefined,
    );
    this.#numbers = new Map(
      this.#bytes.flatMap((bytes, number) =>
        bytes === undefined ? [] : [[bytes.toString('latin1'), number]],
      ),
    );
    this.#followers = new Int32Array(names.length + 1).fill(NONE);
  }

  /** An object begins. */
  begin(): void {
    this.#last = NONE;
  }

  /** The number of the name that begins at `at`, in the order given; -1 for any other. */
  find(at: number): number {
    const expected = this.#followers[this.#last + 1] ?? NONE;
    const found = this.#isAt(at, expected) ? expected : this.#lookUp(at);
    this.#followers[this.#last + 1] = found;
    this.#last = found;
    return found;
  }

  #isAt(at: number, name: number): boolean {
    const expected = this.#bytes[name];
    if (expected === undefined) return false;
    const {bytes} = this.line;
    const {length} = expected;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== expected[i]) return false;
    this.end = at + length;
    return bytes[this.end] === QUOTE;
  }

  #lookUp(at: number): number {
    this.end = endOfText(this.line, at);
    if (this.end === NONE) return NONE;
    return this.#numbers.get(this.line.bytes.toString('latin1', at, this.end)) ?? NONE;
  }
}
