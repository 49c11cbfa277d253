import type {LineBytes} from './line-bytes';

const WORD = 8;

/** Bytes kept to find them again in lines. */
export class KnownBytes {
  /** Bytes that are kept. */
  length = 0;
  #bytes: Uint8Array;
  #view: DataView;

  constructor(
    private readonly line: LineBytes,
    capacity: number,
  ) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Keeps bytes `[from, to)` of the line too. */
  append(from: number, to: number): void {
    const length = this.length + to - from;
    if (length > this.#bytes.length) this.#enlarge(length);
    this.line.bytes.copy(this.#bytes, this.length, from, to);
    this.length = length;
  }

  /** Forgets everything. */
  clear(): void {
    this.length = 0;
  }

  /**
   * Whether the bytes `[from, to)` kept here stand in the line at `at`. What is kept must
   * have no byte below 0x20 but at its end. Eight bytes are compared at once, as a double:
   * only zeros of both signs are equal with different bits, and both have bytes of 0.
   */
  standsAt(at: number, from: number, to: number): boolean {
    const length = to - from;
    if (at + length > this.line.end) return false;
    return length < WORD
      ? this.#fewStandAt(at, from, to)
      : this.#manyStandAt(at, from, to);
  }

  #manyStandAt(at: number, from: number, to: number): boolean {
    const known = this.#view;
    const {view} = this.line;
    const ahead = at - from;
    const last = to - WORD;
    for (let i = from; i < last; i += WORD) {
      if (known.getFloat64(i, true) !== view.getFloat64(i + ahead, true)) return false;
    }
    return known.getFloat64(last, true) === view.getFloat64(last + ahead, true);
  }

  #fewStandAt(at: number, from: number, to: number): boolean {
    const {bytes} = this.line;
    const ahead = at - from;
    for (let i = from; i < to; i++) {
      if (this.#bytes[i] !== bytes[i + ahead]) return false;
    }
    return true;
  }

  #enlarge(length: number): void {
    const larger = new Uint8Array(length * 2);
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
