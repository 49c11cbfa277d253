import type {ChunkInput, UseChunk} from '../input/chunk-input';

const LINE_FEED = 0x0a;

/** An input whose chunks come in one memory, behind room, as those of a pipe do. */
export class LentInput implements ChunkInput {
  constructor(
    private readonly chunks: AsyncIterable<Buffer>,
    private readonly roomBytes: number,
  ) {}

  async each(use: UseChunk): Promise<void> {
    const start = this.roomBytes;
    const buffer = Buffer.alloc(start + 65_536);
    for await (const chunk of this.chunks) {
      // Whoever looks beyond the chunk finds ends of lines.
      buffer.fill(LINE_FEED, start);
      chunk.copy(buffer, start);
      if (!(await use({buffer, start, end: start + chunk.length}))) return;
    }
  }
}
