import {Readable} from 'node:stream';

import fc from 'fast-check';

import {type BodyMemory, SharedMemory, UNSHARED} from './body-memory';
import {type BodyLimits, readBody} from './read-body';

const LIMITS: BodyLimits = {mostBytes: 5000, silenceMs: 5000, toldBytes: 0};

describe('readBody', () => {
  it('is what was sent, however it is cut and whatever length was told', async () => {
    const chunks = fc.array(fc.uint8Array({maxLength: 300}), {maxLength: 10});
    const memories = fc.constantFrom<() => BodyMemory>(
      () => UNSHARED,
      () => new SharedMemory(),
      () => new TightMemory(),
    );
    await fc.assert(
      fc.asyncProperty(
        chunks,
        fc.nat(10_000),
        memories,
        async (parts, toldBytes, memory) => {
          const sent = parts.map((part) => Buffer.from(part));
          const stream = Readable.from(sent, {objectMode: false});

          const body = await readBody(stream, {...LIMITS, toldBytes}, memory());

          expect(body.equals(Buffer.concat(sent))).toBe(true);
        },
      ),
      {numRuns: 100},
    );
  });

  it('frees the memory of chunks that nobody else looks at, where it is theirs alone', async () => {
    const freed: string[] = [];
    const chunk = (name: string, bytes: number, length: number): Buffer => {
      const memory = new ArrayBuffer(bytes);
      // As it is from Node 22 on.
      Object.assign(memory, {transfer: () => freed.push(name)});
      return Buffer.from(memory, 0, length).fill(name);
    };
    const sent = (): Readable =>
      Readable.from([chunk('a', 10, 10), chunk('b', 10, 4)], {objectMode: false});

    const body = await readBody(sent(), {...LIMITS, ownsChunks: true}, UNSHARED);
    expect([body.toString(), freed]).toEqual(['aaaaaaaaaabbbb', ['a']]);

    await readBody(sent(), LIMITS, UNSHARED);
    expect(freed).toEqual(['a']);
  });

  it.each([
    ['ends in the middle', (stream: Readable) => stream.destroy(), 'BODY_CUT'],
    [
      'breaks in the middle',
      (stream: Readable) => stream.destroy(new Error('aborted')),
      'BODY_CUT',
    ],
    ['falls silent', () => undefined, 'READ_TIMEOUT'],
    [
      'is too large',
      (stream: Readable) => stream.push(Buffer.alloc(5000)),
      'ERR_BUFFER_TOO_LARGE',
    ],
  ])('gives its memory back where a body %s', async (_, act, code) => {
    const memory = new SharedMemory();
    const expected = memory.take(10);
    memory.give(expected);
    const stream = new Readable({read: () => undefined});
    stream.push(Buffer.from('the beginning'));

    const reading = readBody(stream, {...LIMITS, silenceMs: 20}, memory);
    setImmediate(() => act(stream));

    await expect(reading).rejects.toMatchObject({code});
    expect(memory.take(10).buffer).toBe(expected.buffer);
  });

  it('fails at once where a body broke before it was read', async () => {
    const stream = new Readable({read: () => undefined});
    stream.destroy();
    await new Promise(setImmediate);

    const reading = readBody(stream, LIMITS, UNSHARED);

    await expect(reading).rejects.toMatchObject({code: 'BODY_CUT'});
  });
});

/** As little as is asked for, and other memory each time. */
class TightMemory implements BodyMemory {
  take(bytes: number): Buffer {
    return Buffer.alloc(bytes);
  }

  /** What is looked at later is not what was read. */
  give(memory: Buffer): void {
    memory.fill('x');
  }
}
