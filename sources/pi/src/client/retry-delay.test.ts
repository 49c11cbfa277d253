import fc from 'fast-check';

import {retryAfterMs, retryDelayMs} from './retry-delay';

const NOW_MS = Date.parse('2026-03-02T06:00:00Z');

describe('retryDelayMs', () => {
  it('stays between what the server asked for and that plus a minute', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 50}),
        fc.integer({min: 0, max: 300_000}),
        fc.double({min: 0, max: 0.999, noNaN: true}),
        (attempt, askedMs, random) => {
          const delayMs = retryDelayMs({attempt, askedMs, random});

          expect(delayMs).toBeGreaterThanOrEqual(askedMs);
          expect(delayMs).toBeLessThanOrEqual(askedMs + 60_000);
        },
      ),
      {seed: 1},
    );
  });

  it('spreads over twice the time after each attempt', () => {
    const delays = [1, 2, 3].map((attempt) => retryDelayMs({attempt, random: 0.5}));

    expect(delays).toEqual([500, 1000, 2000]);
  });

  it('does not wait for hours because a proxy asks for it', () => {
    expect(retryDelayMs({attempt: 1, askedMs: 7_200_000, random: 0})).toBe(300_000);
  });
});

describe('retryAfterMs', () => {
  it.each([
    ['30', 30_000],
    [' 0 ', 0],
    ['Mon, 02 Mar 2026 06:01:00 GMT', 60_000],
    ['Mon, 02 Mar 2026 05:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    ['1.5', undefined],
    [undefined, undefined],
  ])('reads %p', (header, expected) => {
    expect(retryAfterMs(header, NOW_MS)).toBe(expected);
  });

  it('is undefined or no less than zero for every text', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(retryAfterMs(header, NOW_MS) ?? 0).toBeGreaterThanOrEqual(0);
      }),
      {seed: 1},
    );
  });
});
