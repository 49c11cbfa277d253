import fc from 'fast-check';

import {msBetween} from './instants';
import {fromEpochMs, piTimestamp, type PiTimestamp} from './pi-timestamp';
import {expectedEvents, fractionEnd, nextWidthMs, windowEnd} from './windows';

const START = piTimestamp('2026-03-01T00:00:00.1234567Z')!;

describe('windowEnd', () => {
  it('tiles a span without gap or overlap, whatever the widths', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 90_000_000}),
        fc.array(fc.integer({min: 0, max: 40_000_000}), {minLength: 1, maxLength: 5}),
        (spanMs, widths) => {
          const limit = fromEpochMs(Date.UTC(2026, 2, 1, 0, 0, 1) + spanMs);
          const seams: PiTimestamp[] = [START];
          for (let from = START; from < limit;) {
            const width = Math.max(1000, widths[seams.length % widths.length]!);
            const end = windowEnd(from, width + spanMs / 200, limit);

            expect(end > from && end <= limit).toBe(true);
            seams.push(end);
            from = end;
          }

          expect(seams.at(-1)).toBe(limit);
          expect(seams).toEqual([...seams].sort());
        },
      ),
    );
  });

  it('puts seams on whole seconds', () => {
    const end = windowEnd(START, 3_600_000, at('2026-03-02T00:00:00Z'));

    expect(end).toBe('2026-03-01T01:00:00.0000000Z');
  });

  it('does not end where it begins, however narrow it is to be', () => {
    expect(windowEnd(START, 0, at('2026-03-02T00:00:00Z'))).toBe(
      '2026-03-01T00:00:01.0000000Z',
    );
  });
});

describe('nextWidthMs', () => {
  const HOUR_MS = 3_600_000;

  it('aims at the events wanted', () => {
    const seen = {widthMs: HOUR_MS, spanMs: HOUR_MS, events: 1000};

    expect(nextWidthMs(seen, 4000)).toBe(4 * HOUR_MS);
    expect(nextWidthMs(seen, 500)).toBe(HOUR_MS / 2);
  });

  it('grows to at most 16 times what was seen', () => {
    expect(nextWidthMs({widthMs: HOUR_MS, spanMs: HOUR_MS, events: 0}, 1000)).toBe(
      16 * HOUR_MS,
    );
  });

  it('learns nothing from a short rest without events', () => {
    expect(nextWidthMs({widthMs: HOUR_MS, spanMs: 1000, events: 0}, 1000)).toBe(
      HOUR_MS,
    );
  });

  it('is always a whole number of seconds, at least one', () => {
    fc.assert(
      fc.property(
        fc.record({
          widthMs: fc.integer({min: 1000, max: 1e11}),
          spanMs: fc.integer({min: 0, max: 1e11}),
          events: fc.nat(),
        }),
        fc.integer({min: 1, max: 1e7}),
        (seen, target) => {
          const width = nextWidthMs(seen, target);

          expect(width >= 1000 && width % 1000 === 0).toBe(true);
        },
      ),
    );
  });
});

describe('expectedEvents', () => {
  const to = at('2026-03-01T10:00:00Z');
  const from = at('2026-03-01T00:00:00Z');

  it('takes a page that is not full as all there is', () => {
    const sounding = {from, to, returned: 7, isFull: false, last: from};

    expect(expectedEvents([sounding, sounding])).toBe(14);
  });

  it('lets the density of a full page go on', () => {
    const last = at('2026-03-01T01:00:00Z');

    expect(expectedEvents([{from, to, returned: 100, isFull: true, last}])).toBe(1000);
  });

  it('expects many more where a full page lies on one timestamp', () => {
    const sounding = {from, to, returned: 100, isFull: true, last: from};

    expect(expectedEvents([sounding])).toBeGreaterThan(1e6);
  });
});

describe('fractionEnd', () => {
  it('is later than the beginning and not beyond the end', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 1e10}),
        fc.double({min: 0, max: 1, noNaN: true}),
        (spanMs, fraction) => {
          const to = fromEpochMs(Date.UTC(2026, 2, 1, 0, 0, 1) + spanMs);
          const end = fractionEnd(START, to, fraction);

          expect(end > START && end <= to).toBe(true);
          expect(msBetween(START, end)).toBeLessThanOrEqual(
            Math.max(1000, msBetween(START, to)),
          );
        },
      ),
    );
  });
});

function at(text: string): PiTimestamp {
  return piTimestamp(text)!;
}
