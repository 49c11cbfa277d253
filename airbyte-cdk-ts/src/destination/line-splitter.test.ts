import fc from 'fast-check';

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
    });
    fc.assert(
      fc.property(input, ({texts, sizes, end, isEnded}) => {
        const whole = Buffer.from(texts.join(end) + (isEnded ? end : ''));

        const found = split(pieces(whole, (index) => sizes[index % sizes.length]!));

        const expected = whole.toString().split(end);
        if (expected.at(-1) === '') expected.pop();
        expect(found).toEqual(expected);
      }),
    );
  });

  it('takes a byte order mark off the first line only, wherever it is cut', () => {
    const whole = Buffer.from('\ufeff{"a":1}\n\ufeffb\n');

    for (const size of [1, 2, 3, 100]) {
      expect(split(pieces(whole, () => size))).toEqual(['{"a":1}', '\ufeffb']);
    }
  });

  it('puts a line of twenty megabytes together once', () => {
    const line = Buffer.alloc(20_000_000, 'x');
    const chunks = pieces(Buffer.concat([line, Buffer.from('\nend')]), () => 65_536);

    const splitter = new LineSplitter();
    let length = 0;
    for (const chunk of chunks) {
      splitter.feed(chunk);
      while (splitter.next()) length = splitter.end - splitter.start;
    }

    expect(length).toBe(20_000_000);
    expect(splitter.lineNumber).toBe(1);
  });

  it('keeps what it has when the owner of a chunk uses its memory again', () => {
    const splitter = new LineSplitter();
    const chunk = Buffer.from('abc');
    splitter.feed(chunk);
    splitter.next();
    chunk.fill('x');
    splitter.feed(Buffer.from('def\n'));

    expect(splitter.next()).toBe(true);
    expect(splitter.buffer.toString('utf8', splitter.start, splitter.end)).toBe(
      'abcdef',
    );
  });

  it('offers the line that began before the chunk, by itself', () => {
    const splitter = new LineSplitter();
    splitter.feed(Buffer.from('first\nto'));
    while (splitter.next());
    splitter.feed(Buffer.from('rn\nwhole\n'));

    const torn = splitter.ahead();
    splitter.skipTo(torn?.end ?? 0, 1);
    const whole = splitter.ahead();

    expect(torn?.buffer.toString()).toBe('torn\n');
    expect(whole?.buffer.toString('utf8', whole.start, whole.end)).toBe('whole\n');
    expect(splitter.lineNumber).toBe(2);
  });

  it('finds a line again that was offered and not taken', () => {
    const splitter = new LineSplitter();
    splitter.feed(Buffer.from('first\nto'));
    while (splitter.next());
    splitter.feed(Buffer.from('rn\n'));
    splitter.ahead();

    expect(splitter.next()).toBe(true);
    expect(splitter.buffer.toString('utf8', splitter.start, splitter.end)).toBe('torn');
    expect(splitter.ahead()).toBeUndefined();
  });

  it('offers no line ahead that is very long', () => {
    const splitter = new LineSplitter();
    splitter.feed(Buffer.from('first\n' + 'x'.repeat(70_000)));
    while (splitter.next());
    splitter.feed(Buffer.from('x\n'));

    expect(splitter.ahead()).toBeUndefined();
    expect(splitter.next()).toBe(true);
  });

  it('counts lines from one, empty ones too', () => {
    const splitter = new LineSplitter();
    splitter.feed(Buffer.from('\n\na'));
    const numbers: number[] = [];
    while (splitter.next()) numbers.push(splitter.lineNumber);
    splitter.last();

    expect([...numbers, splitter.lineNumber]).toEqual([1, 2, 3]);
  });
});

function split(chunks: readonly Buffer[]): readonly string[] {
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

function pieces(whole: Buffer, size: (index: number) => number): readonly Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < whole.length;) {
    const end = at + size(chunks.length);
    chunks.push(whole.subarray(at, end));
    at = end;
  }
  return chunks;
}
