import fc from 'fast-check';

import {
  formatFull,
  formatTrimmed,
  parseIso,
  quantizeToFrame,
  quantizeToPoint,
  ticksFromMs,
} from './ticks';

const instants = fc.integer({min: -5e15, max: 8e15});

describe('ticks', () => {
  it('reads back every instant it prints, to the last of seven decimals', () => {
    fc.assert(
      fc.property(instants, (ticks) => {
        expect(parseIso(formatFull(ticks))).toBe(ticks);
        expect(parseIso(formatTrimmed(ticks))).toBe(ticks);
      }),
    );
  });

  it('prints the same second as a Date', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('1992-01-01'),
          max: new Date('2047-12-31'),
          noInvalidDate: true,
        }),
        (date) => {
          expect(formatFull(ticksFromMs(date.getTime())).slice(0, 23)).toBe(
            date.toISOString().slice(0, 23),
          );
        },
      ),
    );
  });

  it('leaves out zeros at the end of the decimals, and the point with them', () => {
    const text = (iso: string) => formatTrimmed(parseIso(iso) ?? 0);

    expect(text('2026-03-02T06:15:04.2800000Z')).toBe('2026-03-02T06:15:04.28Z');
    expect(text('2026-03-02T06:15:00Z')).toBe('2026-03-02T06:15:00Z');
  });

  it.each([
    ['2026-03-02T07:00:00+01:00', '2026-03-02T06:00:00.0000000Z'],
    ['2026-03-02 06:00', '2026-03-02T06:00:00.0000000Z'],
    ['2026-03-02', '2026-03-02T00:00:00.0000000Z'],
    ['2026-03-02T06:00:00.12345678Z', '2026-03-02T06:00:00.1234567Z'],
  ])('reads %s', (text, expected) => {
    expect(formatFull(parseIso(text) ?? 0)).toBe(expected);
  });

  it.each(['2026-02-30T00:00:00Z', '2026-03-02T25:00:00Z', 'yesterday', ''])(
    'does not take %j for an instant',
    (text) => {
      expect(parseIso(text)).toBeUndefined();
    },
  );

  it('quantizes points to 1/65536 s and frames to 1/300 s, never upwards, and never twice', () => {
    fc.assert(
      fc.property(instants, (ticks) => {
        const point = ticks - quantizeToPoint(ticks);
        const frame = ticks - quantizeToFrame(ticks);
        expect(point).toBeGreaterThanOrEqual(0);
        expect(point).toBeLessThanOrEqual(153);
        expect(frame).toBeGreaterThanOrEqual(0);
        expect(frame).toBeLessThanOrEqual(33_334);
        expect(quantizeToPoint(ticks - point)).toBe(ticks - point);
        expect(quantizeToFrame(ticks - frame)).toBe(ticks - frame);
      }),
    );
  });
});
