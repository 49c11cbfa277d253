import fc from 'fast-check';

import type {Chunk} from './chunk-input';
import {LineSplitter} from './line-splitter';

fc.configureGlobal({seed: 1});

describe('LineSplitter', () => {
  it('finds the same lines wherever the chunks end', () => {
    const lines = fc.array(
      fc
        .string({unit: 'binary', maxLength: 20})
        .map((text) => text.replace(/[\r\n\ufeff]/g, '')),
    );
    const input = fc.record({
      texts: lines,
      sizes: fc.array(fc.integer({min: 1, max: 9}), {minLength: 1}),
      end: fc.constantFrom('\n', '\r\n'),
      isEnded: fc.boolean(),
      room: fc.integer({min: 0, max: 12}),
    });
    fc.assert(
      fc.property(input, ({texts, sizes, end, isEnded, room}) => {
        const whole = Buffer.from(texts.join(end) + (isEnded ? end : ''));
        const cut = pieces(whole, (index) => sizes[index % sizes.length]!);

        const found = split(room === 0 ? cut.map(chunkOf) : lent(cut, room));

        const expected = whole.toString().split(end);
        if (expected.at(-1) === '') expected.pop();
        expect(found).toEqual(expected);
      }),
    );
  });

  it('takes a byte order mark off the first line only, wherever it is cut', () => {
    const whole = Buffer.from('\ufeff{"a":1}\n\ufeffb\n');

    for (const size of [1, 2, 3, 100]) {
      expect(split(pieces(whole, () => size).map(chunkOf))).toEqual([
        '{"a":1}',
        '\ufeffb',
      ]);
    }
  });

  it('puts a line of twenty megabytes together once', () => {
    const line = Buffer.alloc(20_000_000, 'x');
    const chunks = pieces(Buffer.concat([line, Buffer.from('\nend')]), () => 65_536);

    const splitter = new LineSplitter();
    let length = 0;
    for (const chunk of chunks) {
      splitter.feed(chunkOf(chunk));
      while (splitter.next()) length = splitter.end - splitter.start;
    }

    expect(length).toBe(20_000_000);
    expect(splitter.lineNumber).toBe(1);
  });

  it('keeps what it has when the owner of a chunk uses its memory again', () => {
    const splitter = new LineSplitter();
    const chunk = Buffer.from('abc');
    splitter.feed(chunkOf(chunk));
    splitter.next();
    chunk.fill('x');
    splitter.feed(chunkOf(Buffer.from('def\n')));

    expect(splitter.next()).toBe(true);
    expect(splitter.buffer.toString('utf8', splitter.start, splitter.end)).toBe(
      'abcdef',
    );
  });

  it('offers a line that began before the chunk with the others, if there is room', () => {
    const splitter = new LineSplitter();
    for (const chunk of lent(
      [Buffer.from('first\nto'), Buffer.from('rn\nwhole\nr')],
      8,
    )) {
      splitter.feed(chunk);
      if (splitter.lineNumber > 0) break;
      while (splitter.next());
    }

    const {buffer, start, end} = splitter.ahead() ?? chunkOf(Buffer.alloc(0));
    expect(buffer.toString('utf8', start, end)).toBe('torn\nwhole\n');
    splitter.skipTo(end, 2);
    expect([splitter.lineNumber, splitter.ahead()]).toEqual([3, undefined]);
  });

  it('finds a line again that was offered and not taken', () => {
    const splitter = new LineSplitter();
    splitter.feed(chunkOf(Buffer.from('first\nsecond\n')));
    splitter.next();
    splitter.ahead();

    expect(splitter.next()).toBe(true);
    expect(splitter.buffer.toString('utf8', splitter.start, splitter.end)).toBe(
      'second',
    );
    expect(splitter.ahead()).toBeUndefined();
  });

  it('offers no line ahead that began before the chunk and has no room there', () => {
    const splitter = new LineSplitter();
    splitter.feed(chunkOf(Buffer.from('first\nto')));
    while (splitter.next());
    splitter.feed(chunkOf(Buffer.from('rn\nwhole\n')));

    expect(splitter.ahead()).toBeUndefined();
    expect(splitter.next()).toBe(true);
    expect(splitter.ahead()?.start).toBe(3);
  });

  it('counts lines from one, empty ones too', () => {
    const splitter = new LineSplitter();
    splitter.feed(chunkOf(Buffer.from('\n\na')));
    const numbers: number[] = [];
    while (splitter.next()) numbers.push(splitter.lineNumber);
    splitter.last();

    expect([...numbers, splitter.lineNumber]).toEqual([1, 2, 3]);
  });
});

function split(chunks: Iterable<Chunk>): readonly string[] {
  const splitter = new LineSplitter();
  const found: string[] = [];
  const take = (): void => {
    found.push(splitter.buffer.toString('utf8', splitter.start, splitter.end));
  };
  for (const chunk of chunks) {
    splitter.feed(chunk);
    while (splitter.next()) take();
  }
  if (splitter.last()) take();
  return found;
}

function chunkOf(buffer: Buffer): Chunk {
  return {buffer, start: 0, end: buffer.length};
}

/** The pieces in one memory, one after the other, behind room full of line feeds. */
function* lent(buffers: readonly Buffer[], room: number): Generator<Chunk> {
  const longest = Math.max(0, ...buffers.map(({length}) => length));
  const buffer = Buffer.alloc(room + longest + 1, '\n');
  for (const piece of buffers) {
    buffer.fill('\n', room);
    piece.copy(buffer, room);
    yield {buffer, start: room, end: room + piece.length};
  }
}

function pieces(whole: Buffer, size: (index: number) => number): readonly Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < whole.length;) {
    const end = at + size(chunks.length);
    chunks.push(whole.subarray(at, end));
    at = end;
  }
  return chunks;
}
