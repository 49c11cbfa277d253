import {TransientError} from '../errors';

/** Writes blocks behind each other; resolves with the number of bytes taken. */
export type WriteBlocks = (blocks: readonly Buffer[]) => Promise<number>;

export interface OutputQueueOptions {
  /** Lines are gathered into blocks of this size. */
  readonly blockBytes?: number;
  /** `room` keeps callers waiting while more than this is unwritten. */
  readonly maxPendingBytes?: number;
  /** Pause before a full pipe that refuses to block is tried again. */
  readonly pause?: () => Promise<void>;
  /** Told once when nothing can be written any more. */
  readonly onBroken?: (cause: unknown) => void;
}

/** Small enough to be still in the processor's cache when it is written. */
const BLOCK_BYTES = 256 * 1024;
/**
 * A pipe holds a quarter of a block: while a write is under way it is filled again and
 * again, and between two writes its reader waits for us.
 */
const MOST_BLOCKS_A_WRITE = 4;
/** Blocks that were written are filled again: so many lie ready. */
const MOST_SPARE_BLOCKS = 8;
const MAX_PENDING_BYTES = 2 * 1024 * 1024;
const READY = Promise.resolve();

interface Waiter {
  /** Position in the output that must have been written. */
  readonly position: number;
  readonly wake: () => void;
}

/**
 * Text on its way out, in order, in large writes. Whoever appends lines asks for `room`
 * before making more: what is unwritten stays bounded however slow the reader is.
 */
export class OutputQueue {
  readonly #blockBytes: number;
  readonly #maxPendingBytes: number;
  readonly #blocks: Buffer[] = [];
  /** Memory of blocks made here. */
  readonly #made = new WeakSet<ArrayBufferLike>();
  /** That of blocks that were written. */
  readonly #spare: ArrayBufferLike[] = [];
  #block: Buffer;
  #used = 0;
  #appended = 0;
  #written = 0;
  #isWriting = false;
  #isBroken = false;
  #waiters: Waiter[] = [];

  constructor(
    private readonly writeBlocks: WriteBlocks,
    private readonly options: OutputQueueOptions = {},
  ) {
    this.#blockBytes = options.blockBytes ?? BLOCK_BYTES;
    this.#maxPendingBytes = options.maxPendingBytes ?? MAX_PENDING_BYTES;
    this.#block = this.#empty();
  }

  /** The reader has gone: whatever is appended from now on is lost. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /**
   * Memory of the size of a block, to be handed back by `append` with lines at its
   * beginning: they are not copied where there are many.
   */
  memory(): Buffer {
    return this.#empty();
  }

  /**
   * Takes whole lines. A buffer is copied, so that its owner may use it again at once,
   * unless it is `memory` of this queue: that is given away.
   */
  append(lines: string | Buffer): void {
    if (this.#isBroken) return;
    const bytes = typeof lines === 'string' ? this.#text(lines) : this.#bytes(lines);
    this.#appended += bytes;
    if (this.#blocks.length > 0) this.#pump();
  }

  /** Whether there is nothing to wait for before making more. */
  get hasRoom(): boolean {
    const pending = this.#appended - this.#written;
    return !this.#isBroken && pending <= this.#maxPendingBytes;
  }

  /** Resolves when there is room for more; rejects when the reader has gone. */
  room(): Promise<void> {
    if (this.#isBroken) return Promise.reject(readerGone());
    if (this.hasRoom) return READY;
    const position = this.#appended - this.#maxPendingBytes / 2;
    return this.#reaches(position).then(() => this.#refuseIfBroken());
  }

  /** Resolves when all that was appended so far is written, or the reader has gone. */
  flush(): Promise<void> {
    this.#seal();
    this.#pump();
    return this.#isBroken ? READY : this.#reaches(this.#appended);
  }

  #refuseIfBroken(): void {
    if (this.#isBroken) throw readerGone();
  }

  #reaches(position: number): Promise<void> {
    if (this.#written >= position) return READY;
    return new Promise((wake) => this.#waiters.push({position, wake}));
  }

  #text(text: string): number {
    // A UTF-16 unit takes three bytes at most: no need to measure the text first.
    const mostBytes = text.length * 3;
    if (mostBytes > this.#blockBytes) return this.#own(Buffer.from(text));
    if (mostBytes > this.#blockBytes - this.#used) this.#seal();
    const bytes = this.#block.write(text, this.#used);
    this.#used += bytes;
    return bytes;
  }

  #bytes(bytes: Buffer): number {
    const isGiven = this.#made.has(bytes.buffer);
    if (isGiven && bytes.length > this.#blockBytes / 2) return this.#own(bytes);
    if (bytes.length > this.#blockBytes) return this.#own(Buffer.from(bytes));
    if (bytes.length > this.#blockBytes - this.#used) this.#seal();
    bytes.copy(this.#block, this.#used);
    this.#used += bytes.length;
    if (isGiven) this.#keep(bytes);
    return bytes.length;
  }

  #own(block: Buffer): number {
    this.#seal();
    this.#blocks.push(block);
    return block.length;
  }

  #seal(): void {
    if (this.#used === 0) return;
    this.#blocks.push(this.#block.subarray(0, this.#used));
    this.#block = this.#empty();
    this.#used = 0;
  }

  #pump(): void {
    if (this.#isWriting || this.#isBroken) return;
    this.#isWriting = true;
    void this.#writeBlocks();
  }

  async #writeBlocks(): Promise<void> {
    try {
      while (this.#blocks.length > 0) {
        await this.#write(this.#blocks.splice(0, MOST_BLOCKS_A_WRITE));
      }
    } catch (cause) {
      this.#break(cause);
    } finally {
      this.#isWriting = false;
    }
  }

  async #write(blocks: readonly Buffer[]): Promise<void> {
    for (let rest = blocks; rest.length > 0;) {
      const bytes = await this.#tryWrite(rest);
      this.#written += bytes;
      rest = behind(rest, bytes);
    }
    for (const block of blocks) this.#keep(block);
    this.#wakeWaiters();
  }

  #empty(): Buffer {
    const spare = this.#spare.pop();
    if (spare !== undefined) return Buffer.from(spare);
    const block = Buffer.allocUnsafeSlow(this.#blockBytes);
    this.#made.add(block.buffer);
    return block;
  }

  /** Memory that is thrown away costs more to collect than to fill. */
  #keep({buffer}: Buffer): void {
    if (this.#spare.length >= MOST_SPARE_BLOCKS || !this.#made.has(buffer)) return;
    this.#spare.push(buffer);
  }

  async #tryWrite(blocks: readonly Buffer[]): Promise<number> {
    try {
      return await this.writeBlocks(blocks);
    } catch (cause) {
      if (!isPipeFull(cause)) throw cause;
      await (this.options.pause ?? pauseBriefly)();
      return 0;
    }
  }

  #break(cause: unknown): void {
    this.#isBroken = true;
    this.#blocks.length = 0;
    this.#written = this.#appended;
    this.#wakeWaiters();
    this.options.onBroken?.(cause);
  }

  #wakeWaiters(): void {
    if (this.#waiters.length === 0) return;
    const isDue = ({position}: Waiter): boolean => this.#written >= position;
    const due = this.#waiters.filter(isDue);
    this.#waiters = this.#waiters.filter((waiter) => !isDue(waiter));
    for (const {wake} of due) wake();
  }
}

/** What is left of blocks whose first bytes were taken. */
function behind(blocks: readonly Buffer[], bytes: number): readonly Buffer[] {
  let taken = bytes;
  let whole = 0;
  for (const block of blocks) {
    if (block.length > taken) break;
    taken -= block.length;
    whole += 1;
  }
  const [torn, ...rest] = blocks.slice(whole);
  return torn === undefined ? [] : [torn.subarray(taken), ...rest];
}

function isPipeFull(cause: unknown): boolean {
  return (cause as {code?: unknown} | null)?.code === 'EAGAIN';
}

function pauseBriefly(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

function readerGone(): TransientError {
  return new TransientError(
    'Whoever read our output has gone; nothing more can be told.',
  );
}
