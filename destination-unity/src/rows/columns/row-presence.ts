import type {Validity} from '../column-batch';
import {enlarged} from './enlarged';

/**
 * Which rows of a column have a value; bits are kept only behind the first gap. A class of
 * its own, the same for columns of every type: marking is done for each value, and on an
 * object that may be of many classes it took a tenth of all time.
 */
export class RowPresence {
  /** Rows for which there is room. */
  capacity = 0;
  /** How many rows from the first on have a value without a gap. */
  #unbroken = 0;
  /** Bits of rows behind the unbroken beginning; without bytes as long as there are none. */
  #bits = bitsFor(0);

  /** @param makeRoom makes room for this many rows, here too. */
  constructor(private readonly makeRoom: (rows: number) => void) {}

  /** Says that the row has a value; rows ascend, and none comes twice. */
  mark(row: number): void {
    if (row >= this.capacity) this.makeRoom(row + 1);
    if (row === this.#unbroken) {
      this.#unbroken++;
      return;
    }
    if (this.#bits.length === 0) this.#bits = bitsFor(this.capacity);
    const byte = row >> 3;
    this.#bits[byte] = (this.#bits[byte] ?? 0) | (1 << (row & 7));
  }

  /** Says that the rows from `from` to before `to` have values. */
  markRun(from: number, to: number): void {
    if (to > this.capacity) this.makeRoom(to);
    if (from === this.#unbroken) this.#unbroken = to;
    else for (let row = from; row < to; row++) this.mark(row);
  }

  enlarge(capacity: number): void {
    if (this.#bits.length > 0) this.#bits = enlarged(this.#bits, capacity / 8);
    this.capacity = capacity;
  }

  /** The bits of the first rows, undefined if all have a value; begins anew. */
  take(rows: number): Validity {
    const unbroken = this.#unbroken;
    const bits = this.#bits.length > 0 ? this.#bits : bitsFor(this.capacity);
    this.#unbroken = 0;
    this.#bits = bitsFor(0);
    this.capacity = 0;
    if (unbroken === rows) return undefined;
    bits.fill(0xff, 0, unbroken >> 3);
    bits[unbroken >> 3] = (bits[unbroken >> 3] ?? 0) | ((1 << (unbroken & 7)) - 1);
    return bits;
  }
}

function bitsFor(rows: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(rows / 8);
}
