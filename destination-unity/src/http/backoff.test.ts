import fc from 'fast-check';

import {backoffMs, retryAfterMs} from './backoff';

describe('backoffMs', () => {
  it('stays between what was asked for and half a minute more', () => {
    const cases = fc.record({
      failures: fc.integer({min: 1, max: 10_000}),
      random: fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}),
      askedMs: fc.option(fc.nat({max: 600_000}), {nil: undefined}),
    });

    fc.assert(
      fc.property(cases, ({failures, random, askedMs}) => {
        const waitMs = backoffMs({failures, random: () => random, askedMs});

        expect(waitMs).toBeGreaterThanOrEqual(askedMs ?? 0);
        expect(waitMs).toBeLessThanOrEqual((askedMs ?? 0) + 30_000);
      }),
    );
  });

  it('doubles its bound with every failure', () => {
    const bounds = [1, 2, 3, 7, 8].map((failures) =>
      backoffMs({failures, random: () => 1}),
    );

    expect(bounds).toEqual([500, 1000, 2000, 30_000, 30_000]);
  });
});

describe('retryAfterMs', () => {
  const NOW_MS = Date.UTC(2026, 2, 1);

  it.each([
    ['7', 7000],
    ['0', 0],
    ['-3', 0],
    ['Sun, 01 Mar 2026 00:00:09 GMT', 9000],
    ['Sat, 28 Feb 2026 00:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
    [null, undefined],
  ])('reads %j as %j', (header, expected) => {
    expect(retryAfterMs(header, NOW_MS)).toBe(expected);
  });
});
