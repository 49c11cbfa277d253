import type {RecordEnvelope} from 'airbyte-cdk-ts';

import {viewOf} from './byte-words';

/** A buffer with less room than this is to be emptied. */
const MARGIN_BYTES = 16 * 1024;
/** A UTF-16 unit takes three bytes at most. */
const BYTES_A_UNIT = 3;
const NOTHING: Buffer = Buffer.alloc(0);

/** Lines on their way out, of several points, as the bytes that will be written. */
export class LineBuffer {
  /** Lines stand in its first `used` bytes. Another one after any `reserve`. */
  bytes = NOTHING;
  /** The same bytes as `bytes`. */
  view = viewOf(NOTHING);
  used = 0;
  records = 0;
  /** Of all lines ever written here, those whose value PI does not call good. */
  notGood = 0;
  private fullBytes = Infinity;

  /** @param memory Gives memory for lines whenever there is none. */
  constructor(
    public envelope: RecordEnvelope,
    private readonly memory: () => Buffer,
  ) {}

  get isFull(): boolean {
    return this.used >= this.fullBytes;
  }

  /** The lines; good until the next one is written. */
  get lines(): Buffer {
    return this.bytes.subarray(0, this.used);
  }

  /** Makes room for so many bytes behind what is used. */
  reserve(bytes: number): void {
    if (this.bytes === NOTHING) this.begin();
    this.enlarge(this.used + bytes);
  }

  /** Makes room for lines of at most so many bytes each, until this is full. */
  reserveLines(bytes: number): void {
    if (this.bytes === NOTHING) this.begin();
    this.enlarge(Math.max(this.used, this.fullBytes) + bytes);
  }

  private begin(): void {
    this.use(this.memory());
    this.fullBytes = this.bytes.length - MARGIN_BYTES;
  }

  private enlarge(needed: number): void {
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.bytes.length));
    this.bytes.copy(larger, 0, 0, this.used);
    this.use(larger);
  }

  private use(memory: Buffer): void {
    this.bytes = memory;
    this.view = viewOf(memory);
  }

  append(text: string): void {
    this.reserve(text.length * BYTES_A_UNIT);
    this.used += this.bytes.write(text, this.used);
  }

  /** Begins anew, in other memory and with an envelope of now. */
  reset(envelope: RecordEnvelope): void {
    this.bytes = NOTHING;
    this.fullBytes = Infinity;
    this.used = 0;
    this.records = 0;
    this.envelope = envelope;
  }
}
