import fc from 'fast-check';

import {
  earliest,
  latest,
  msBetween,
  plusMs,
  previousTick,
  wholeSecond,
} from './instants';
import {fromEpochMs, piTimestamp, type PiTimestamp} from './pi-timestamp';

describe('previousTick', () => {
  it.each([
    ['2026-03-02T06:00:00.1234567Z', '2026-03-02T06:00:00.1234566Z'],
    ['2026-03-02T06:00:00.1000000Z', '2026-03-02T06:00:00.0999999Z'],
    ['2026-03-02T06:00:00Z', '2026-03-02T05:59:59.9999999Z'],
    ['2026-01-01T00:00:00Z', '2025-12-31T23:59:59.9999999Z'],
    ['1970-01-01T00:00:00Z', '1969-12-31T23:59:59.9999999Z'],
  ])('goes from %s to %s', (instant, before) => {
    expect(previousTick(at(instant))).toBe(before);
  });

  it('leaves no instant between itself and the one it came from', () => {
    fc.assert(
      fc.property(instants(), (instant) => {
        const before = previousTick(instant);

        expect(before < instant).toBe(true);
        expect(ticks(instant) - ticks(before)).toBe(1n);
      }),
    );
  });
});

describe('plusMs', () => {
  it('keeps the digits below the millisecond', () => {
    expect(plusMs(at('2026-03-02T06:00:00.9991234Z'), 2)).toBe(
      '2026-03-02T06:00:01.0011234Z',
    );
  });

  it('moves by exactly what it is told', () => {
    fc.assert(
      fc.property(instants(), fc.integer({min: -1e9, max: 1e9}), (instant, ms) => {
        expect(ticks(plusMs(instant, ms)) - ticks(instant)).toBe(BigInt(ms) * 10_000n);
        expect(msBetween(instant, plusMs(instant, ms))).toBe(ms);
      }),
    );
  });
});

describe('wholeSecond', () => {
  it('is the second at or before', () => {
    expect(wholeSecond(at('2026-03-02T06:00:00.9999999Z'))).toBe(
      '2026-03-02T06:00:00.0000000Z',
    );
  });
});

describe('earliest and latest', () => {
  it('choose between two instants', () => {
    const [a, b] = [at('2026-03-02T06:00:00Z'), at('2026-03-02T06:00:00.0000001Z')];

    expect([earliest(a, b), earliest(b, a)]).toEqual([a, a]);
    expect([latest(a, b), latest(b, a)]).toEqual([b, b]);
  });
});

function at(text: string): PiTimestamp {
  return piTimestamp(text)!;
}

function instants(): fc.Arbitrary<PiTimestamp> {
  return fc
    .record({
      ms: fc.integer({min: 0, max: Date.UTC(2037, 0, 1)}),
      ticks: fc.integer({min: 0, max: 9999}),
    })
    .map(({ms, ticks: below}) =>
      at(`${fromEpochMs(ms).slice(0, 23)}${String(below).padStart(4, '0')}Z`),
    );
}

/** By another way than the text: 100 ns since 1970. */
function ticks(instant: PiTimestamp): bigint {
  const second = BigInt(Date.parse(`${instant.slice(0, 19)}Z`)) / 1000n;
  return second * 10_000_000n + BigInt(instant.slice(20, 27));
}
