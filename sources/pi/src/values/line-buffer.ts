import type {RecordEnvelope} from 'airbyte-cdk-ts';

import {viewOf} from './byte-words';

/** A buffer that holds more is to be emptied. */
export const FULL_BYTES = 64 * 1024;
/** A UTF-16 unit takes three bytes at most. */
const BYTES_A_UNIT = 3;

/** Lines on their way out, of several points, as the bytes that will be written. */
export class LineBuffer {
  /** Lines stand in its first `used` bytes. Another one after any `reserve`. */
  bytes = Buffer.allocUnsafe(2 * FULL_BYTES);
  /** The same bytes as `bytes`. */
  view = viewOf(this.bytes);
  used = 0;
  records = 0;
  /** Of all lines ever written here, those whose value PI does not call good. */
  notGood = 0;

  constructor(public envelope: RecordEnvelope) {}

  get isFull(): boolean {
    return this.used >= FULL_BYTES;
  }

  /** The lines; good until the next one is written. */
  get lines(): Buffer {
    return this.bytes.subarray(0, this.used);
  }

  /** Makes room for so many bytes behind what is used. */
  reserve(bytes: number): void {
    const needed = this.used + bytes;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.bytes.length));
    this.bytes.copy(larger, 0, 0, this.used);
    this.bytes = larger;
    this.view = viewOf(larger);
  }

  append(text: string): void {
    this.reserve(text.length * BYTES_A_UNIT);
    this.used += this.bytes.write(text, this.used);
  }

  /** Begins anew, with an envelope of now. */
  reset(envelope: RecordEnvelope): void {
    this.used = 0;
    this.records = 0;
    this.envelope = envelope;
  }
}
