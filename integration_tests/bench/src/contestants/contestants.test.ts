import fc from 'fast-check';

import type {RecordedValue} from './recorded-answers';
import {Seams} from './seam';
import {sevenDecimals} from './timestamp';

describe('sevenDecimals', () => {
  it('pads what PI left out', () => {
    expect(sevenDecimals('2026-03-02T06:00:00Z')).toBe('2026-03-02T06:00:00.0000000Z');
    expect(sevenDecimals('2026-03-02T06:00:00.25Z')).toBe(
      '2026-03-02T06:00:00.2500000Z',
    );
    expect(sevenDecimals('2026-03-02T06:00:00.1234567Z')).toBe(
      '2026-03-02T06:00:00.1234567Z',
    );
  });
});

/** Pages as PI cuts them: each begins at the last timestamp of the one before. */
function pagesOf(events: readonly RecordedValue[], size: number): RecordedValue[][] {
  const pages: RecordedValue[][] = [];
  let from = 0;
  for (;;) {
    const page = events.slice(from, from + size);
    pages.push(page);
    if (page.length < size) return pages;
    const last = page.at(-1)?.Timestamp;
    from = events.findIndex(({Timestamp}) => Timestamp === last);
  }
}

describe('Seams', () => {
  it('takes every event exactly once, whatever the ties and the size of pages', () => {
    const ties = fc.array(fc.integer({min: 1, max: 3}), {minLength: 1, maxLength: 12});
    // A page must hold more events than lie at one instant, or it cannot be turned.
    fc.assert(
      fc.property(ties, fc.integer({min: 4, max: 9}), (counts, size) => {
        const events = counts.flatMap((count, second) =>
          Array.from({length: count}, (_, tie) => ({
            Timestamp: `2026-03-02T06:00:${String(second).padStart(2, '0')}Z`,
            Value: tie,
          })),
        );
        const seams = new Seams();
        const taken = pagesOf(events, size).flatMap((page) =>
          page.slice(seams.overlap('point', page)),
        );
        expect(taken).toEqual(events);
      }),
    );
  });

  it('keeps points apart', () => {
    const seams = new Seams();
    const page = [{Timestamp: '2026-03-02T06:00:00Z', Value: 1}];
    expect(seams.overlap('a', page)).toBe(0);
    expect(seams.overlap('b', page)).toBe(0);
    expect(seams.overlap('a', page)).toBe(1);
  });
});
