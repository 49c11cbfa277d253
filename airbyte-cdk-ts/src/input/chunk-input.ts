/**
 * Bytes of an input, lent until the use of them has ended. What stands before `start` is
 * free for the user, and stays as it was left: the chunks of an input that has such room
 * stand in the same memory, one after the other at the same place.
 */
export interface Chunk {
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Uses a chunk; true if more is wanted. Nothing is read before a promise resolves. */
export type UseChunk = (chunk: Chunk) => boolean | Promise<boolean>;

/** An input that hands over what it reads. */
export interface ChunkInput {
  /**
   * Hands over every chunk, in order. Resolves at the end of the input or when no more is
   * wanted; rejects with what reading or using a chunk failed with.
   */
  each(use: UseChunk): Promise<void>;
}

/** An input whose chunks are asked for one by one. */
export class IteratedInput implements ChunkInput {
  constructor(private readonly chunks: AsyncIterable<Buffer>) {}

  async each(use: UseChunk): Promise<void> {
    for await (const buffer of this.chunks) {
      if (!(await use({buffer, start: 0, end: buffer.length}))) return;
    }
  }
}
