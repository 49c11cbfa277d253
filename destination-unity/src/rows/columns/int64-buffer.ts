import {enlarged} from './enlarged';

const TWO_TO_32 = 4_294_967_296;
const MICROS_A_SECOND = 1_000_000;
/** Up to here seconds as microseconds are safe integers. */
const MAX_SAFE_SECONDS = 9_000_000_000;

/** 64-bit integers written as halves, so that no BigInt is made for a value. */
export class Int64Buffer {
  #halves = new Int32Array(0);

  resize(entries: number): void {
    this.#halves = enlarged(this.#halves, entries * 2);
  }

  /** @param value A safe integer. */
  set(entry: number, value: number): void {
    const high = Math.floor(value / TWO_TO_32);
    this.#halves[2 * entry] = value - high * TWO_TO_32;
    this.#halves[2 * entry + 1] = high;
  }

  setMicros(entry: number, seconds: number, micros: number): void {
    if (seconds > -MAX_SAFE_SECONDS && seconds < MAX_SAFE_SECONDS) {
      this.set(entry, seconds * MICROS_A_SECOND + micros);
    } else {
      this.setBig(entry, BigInt(seconds) * BigInt(MICROS_A_SECOND) + BigInt(micros));
    }
  }

  /** Copies an entry to those behind it, up to before `to`. */
  repeat(entry: number, to: number): void {
    const low = this.#halves[2 * entry] ?? 0;
    const high = this.#halves[2 * entry + 1] ?? 0;
    for (let half = 2 * entry + 2; half < 2 * to; half += 2) {
      this.#halves[half] = low;
      this.#halves[half + 1] = high;
    }
  }

  /** Copies a value of two entries. */
  copyPair(pair: number, target: number): void {
    this.#halves.copyWithin(4 * target, 4 * pair, 4 * pair + 4);
  }

  /** The low 64 bits of the value. */
  setBig(entry: number, value: bigint): void {
    this.#halves[2 * entry] = Number(BigInt.asIntN(32, value));
    this.#halves[2 * entry + 1] = Number(BigInt.asIntN(32, value >> 32n));
  }

  /** Gives the buffer away and begins anew. */
  take(): BigInt64Array<ArrayBuffer> {
    const taken = new BigInt64Array(this.#halves.buffer);
    this.#halves = new Int32Array(0);
    return taken;
  }
}
