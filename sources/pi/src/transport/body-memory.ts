/** Where the bytes of an answer are put. */
export interface BodyMemory {
  /** At least so many bytes, of any content. */
  take(bytes: number): Buffer;
  /** Takes back what was taken, or a part of it from its beginning. */
  give(memory: Buffer): void;
}

/** Memory that is left to the collector. */
export const UNSHARED: BodyMemory = {
  take: (bytes) => Buffer.allocUnsafe(bytes),
  give: () => undefined,
};

const STEP_BYTES = 1024 * 1024;
const MOST_SPARE_BYTES = 16 * STEP_BYTES;

/**
 * Memory that is used again. V8 looks through all its objects each time that some ten
 * answers have been thrown away; of memory that is given back it knows nothing.
 */
export class SharedMemory implements BodyMemory {
  readonly #made = new WeakSet<ArrayBufferLike>();
  readonly #spare: Buffer[] = [];

  take(bytes: number): Buffer {
    const enough = this.#spare.findIndex(({length}) => length >= bytes);
    const [spare] = this.#spare.splice(Math.max(0, enough), 1);
    if (spare !== undefined && enough >= 0) return spare;
    const steps = Math.max(1, Math.ceil(bytes / STEP_BYTES));
    const memory = Buffer.allocUnsafeSlow(steps * STEP_BYTES);
    this.#made.add(memory.buffer);
    return memory;
  }

  /** What was not taken here, or has been given back, is nothing to it. */
  give({buffer}: Buffer): void {
    const isSpare = this.#spare.some((spare) => spare.buffer === buffer);
    if (isSpare || !this.#made.has(buffer)) return;
    const spareBytes = this.#spare.reduce((sum, {length}) => sum + length, 0);
    if (spareBytes + buffer.byteLength > MOST_SPARE_BYTES) return;
    this.#spare.push(Buffer.from(buffer));
  }
}
