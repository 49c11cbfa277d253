import fc from 'fast-check';

import {TransientError} from '../errors';
import {OutputQueue} from './output-queue';

fc.configureGlobal({seed: 1});

describe('OutputQueue', () => {
  it('writes what was appended, in order, however the reader takes it', async () => {
    const lines = fc.array(fc.string({unit: 'binary', maxLength: 60}));
    const takes = fc
      .array(fc.nat(120), {minLength: 1})
      .filter((all) => all.some((one) => one > 0));
    await fc.assert(
      fc.asyncProperty(lines, takes, fc.boolean(), async (texts, sizes, asBytes) => {
        const reader = new Reader((write) => sizes[write % sizes.length]!);
        const queue = new OutputQueue(reader.write, {
          blockBytes: 50,
          pause: () => Promise.resolve(),
        });

        for (const text of texts) queue.append(asBytes ? Buffer.from(text) : text);
        await queue.flush();

        expect(reader.text).toBe(Buffer.from(texts.join('')).toString());
      }),
    );
  });

  it('gathers small lines into blocks', async () => {
    const reader = new Reader(() => Infinity);
    const queue = new OutputQueue(reader.write);

    for (let line = 0; line < 40_000; line += 1) queue.append(`line ${line}\n`);
    await queue.flush();

    expect(reader.writes).toBe(2);
  });

  it('writes blocks together that became ready while others were written', async () => {
    const reader = new Reader(() => Infinity);
    reader.stop();
    const queue = new OutputQueue(reader.write, {blockBytes: 10});

    for (let line = 0; line < 6; line += 1) queue.append('12345678\n');
    const flushed = queue.flush();
    reader.go();
    await flushed;

    expect(reader.text).toBe('12345678\n'.repeat(6));
    expect(reader.writes).toBe(3);
  });

  it('copies a buffer, so that its owner may use it again at once', async () => {
    const reader = new Reader(() => Infinity);
    const queue = new OutputQueue(reader.write, {blockBytes: 4});
    const buffer = Buffer.from('a long line\n');

    queue.append(buffer);
    buffer.fill('x');
    await queue.flush();

    expect(reader.text).toBe('a long line\n');
  });

  it('writes memory that was given back where it was appended, among all else', async () => {
    const BLOCK = 60;
    const line = fc.record({
      text: fc.stringMatching(/^[a-z]{0,60}$/),
      isInMemory: fc.boolean(),
      drains: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(line, {maxLength: 60}), async (lines) => {
        const reader = new Reader((write) => 1 + ((write * 7) % BLOCK));
        const queue = new OutputQueue(reader.write, {blockBytes: BLOCK});

        for (const {text, isInMemory, drains} of lines) {
          const memory = isInMemory ? queue.memory() : Buffer.alloc(BLOCK);
          queue.append(memory.subarray(0, memory.write(text)));
          // What is another's may be written over; what was given away may not.
          if (!isInMemory) memory.fill('x');
          if (drains) await queue.flush();
        }
        await queue.flush();

        expect(reader.text).toBe(lines.map(({text}) => text).join(''));
      }),
    );
  });

  it('has no room while the reader does not read', async () => {
    const reader = new Reader(() => Infinity);
    reader.stop();
    const queue = new OutputQueue(reader.write, {blockBytes: 10, maxPendingBytes: 20});
    queue.append('x'.repeat(21));
    let hasRoom = false;
    const room = queue.room().then(() => (hasRoom = true));

    await settle();
    expect(hasRoom).toBe(false);

    reader.go();
    await room;
    expect(hasRoom).toBe(true);
  });

  it('says that nothing can be written once the reader has gone', async () => {
    const causes: unknown[] = [];
    const epipe = Object.assign(new TypeError('write EPIPE'), {code: 'EPIPE'});
    const queue = new OutputQueue(() => Promise.reject(epipe), {
      maxPendingBytes: 4,
      onBroken: (cause) => causes.push(cause),
    });
    queue.append('a line\n');
    const waiting = queue.room();
    await queue.flush();

    await expect(waiting).rejects.toThrow(TransientError);
    await expect(queue.room()).rejects.toThrow(TransientError);
    expect(causes).toEqual([epipe]);
    expect(queue.isBroken).toBe(true);
    queue.append('for nobody');
    await queue.flush();
  });
});

/** Takes as many bytes at a time as it is told; none: the pipe is full. */
class Reader {
  writes = 0;
  readonly #chunks: Buffer[] = [];
  #open: Promise<void> = Promise.resolve();
  #go: () => void = () => undefined;

  constructor(private readonly take: (write: number) => number) {}

  readonly write = async (blocks: readonly Buffer[]): Promise<number> => {
    await this.#open;
    this.writes += 1;
    const taken = Buffer.concat(blocks).subarray(0, this.take(this.writes));
    if (taken.length === 0) {
      throw Object.assign(new TypeError('full'), {code: 'EAGAIN'});
    }
    this.#chunks.push(taken);
    return taken.length;
  };

  get text(): string {
    return Buffer.concat(this.#chunks).toString();
  }

  stop(): void {
    this.#open = new Promise((go) => (this.#go = go));
  }

  go(): void {
    this.#go();
  }
}

/** Lets everything happen that can happen without the outside. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
