import {formatTrimmed, parseIso} from '../time/ticks';
import {ApiError} from './api-error';
import {parseInterval, parseTime} from './time-string';

/** A Monday. */
const NOW = parseIso('2026-03-02T06:15:30.5Z') ?? 0;

describe('time strings', () => {
  it.each([
    ['*', '2026-03-02T06:15:30.5Z'],
    ['', '2026-03-02T06:15:30.5Z'],
    ['*-8h', '2026-03-01T22:15:30.5Z'],
    ['-8h', '2026-03-01T22:15:30.5Z'],
    ['* + 1.5d', '2026-03-03T18:15:30.5Z'],
    ['*-1mo', '2026-02-02T06:15:30.5Z'],
    ['*+1y', '2027-03-02T06:15:30.5Z'],
    ['*-250ms', '2026-03-02T06:15:30.25Z'],
    ['t', '2026-03-02T00:00:00Z'],
    ['today+6h', '2026-03-02T06:00:00Z'],
    ['Y', '2026-03-01T00:00:00Z'],
    ['wed', '2026-02-25T00:00:00Z'],
    ['Monday', '2026-03-02T00:00:00Z'],
    ['jan', '2026-01-02T00:00:00Z'],
    ['1', '2026-03-01T00:00:00Z'],
    ['2024', '2024-01-01T00:00:00Z'],
    ['2026-03-01T12:00:00+01:00', '2026-03-01T11:00:00Z'],
    ['2026-03-01', '2026-03-01T00:00:00Z'],
    ["'2026-03-01T00:00:00Z'-1h", '2026-02-28T23:00:00Z'],
    ['02-Mar-26 05:30:00', '2026-03-02T05:30:00Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
  ])('reads %j as %s', (text, expected) => {
    expect(formatTrimmed(parseTime(text, NOW))).toBe(expected);
  });

  it.each(['now', '*-8', '*-1d+1h', '2026-13-01', '32', '12:00:61', '*-h'])(
    'refuses %j with 400',
    (text) => {
      expect(() => parseTime(text, NOW)).toThrow(ApiError);
    },
  );

  it('reads spans, and refuses empty ones', () => {
    expect(parseInterval('1h')).toBe(36_000_000_000);
    expect(parseInterval('1.5s')).toBe(15_000_000);
    expect(() => parseInterval('0s')).toThrow(ApiError);
    expect(() => parseInterval('often')).toThrow(ApiError);
  });
});
