import fc from 'fast-check';

import {dayOf, InstantText} from './instant-text';

const LAST_SECOND = 253_402_300_799;
const FIRST_SECOND = -62_135_596_800;

describe('InstantText', () => {
  it.each([
    ['2026-03-01T06:07:08Z', '2026-03-01T06:07:08.000000Z'],
    ['2026-03-01T06:07:08.1234567Z', '2026-03-01T06:07:08.123456Z'],
    ['2026-03-01T06:07:08.999999999Z', '2026-03-01T06:07:08.999999Z'],
    ['1969-12-31T23:59:59.9999999Z', '1969-12-31T23:59:59.999999Z'],
    ['2026-03-01T06:07:08.5', '2026-03-01T06:07:08.500000Z'],
    ['2026-03-01 06:07:08+00', '2026-03-01T06:07:08.000000Z'],
    ['2026-03-01T06:07:08 +01:30', '2026-03-01T04:37:08.000000Z'],
    ['2026-03-01t06:07z', '2026-03-01T06:07:00.000000Z'],
    ['2026-03-01T06:07:08-0930', '2026-03-01T15:37:08.000000Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000000Z'],
    ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.999999Z'],
  ])('reads %s as %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '',
    'today',
    '1767225600000',
    '0000-12-31T00:00:00Z',
    '10000-01-01T00:00:00Z',
    '+010000-01-01T00:00:00Z',
    '-0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '2023-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T06:60:00Z',
    '2026-03-01T23:59:60Z',
    '2026-03-01T06:07:08.Z',
    '2026-03-01T06:07:08,5Z',
    '2026-03-01T06:07:08Z ',
    '2026-03-01T06:07:08+1',
    '2026-03-01T06:07:08+01:3',
    '2026-03-01T06:07:08+01:300',
    '2026-03-01T06',
    '2026-03-01T',
    '2026-3-1T06:07:08Z',
    '2026/03/01T06:07:08Z',
    '２０２６-03-01T06:07:08Z',
  ])('takes %j for no instant', (text) => {
    expect(read(text)).toBe('none');
  });

  it('agrees with Date on every millisecond of ten thousand years', () => {
    const ms = fc.integer({min: FIRST_SECOND * 1000, max: LAST_SECOND * 1000 + 999});
    fc.assert(
      fc.property(ms, (at) => {
        const text = new Date(at).toISOString();

        expect(read(text)).toBe(text.replace('Z', '000Z'));
      }),
      {seed: 1, numRuns: 1000},
    );
  });

  it('agrees with Date on every offset', () => {
    const ms = fc.integer({min: -4e12, max: 4e12});
    const offset = fc.integer({min: -23 * 60 - 59, max: 23 * 60 + 59});
    fc.assert(
      fc.property(ms, offset, (at, minutes) => {
        const local = new Date(at + minutes * 60_000).toISOString().replace('Z', '');

        const instant = read(local + zone(minutes));

        expect(instant).toBe(new Date(at).toISOString().replace('Z', '000Z'));
      }),
      {seed: 2},
    );
  });

  it('cuts digits behind the microsecond and never moves an instant past another', () => {
    const second = fc.integer({min: -1e9, max: 4e9});
    const digits = fc.string({
      unit: fc.constantFrom(...'0123456789'.split('')),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(second, digits, (at, fraction) => {
        const start = new Date(at * 1000).toISOString().slice(0, 19);

        expect(read(`${start}.${fraction}Z`)).toBe(
          `${start}.${fraction.slice(0, 6).padEnd(6, '0')}Z`,
        );
      }),
      {seed: 3},
    );
  });

  it('knows what stands behind the microsecond, to the nanosecond', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...'0123456789'.split('')),
      maxLength: 14,
    });
    fc.assert(
      fc.property(digits, (fraction) => {
        const instant = new InstantText();
        instant.read(`2026-03-01T06:07:08.0${fraction}Z`);

        expect(instant.nanos).toBe(Number(`0${fraction}`.slice(6, 9).padEnd(3, '0')));
        expect(instant.isFiner).toBe(/[1-9]/.test(`0${fraction}`.slice(9)));
      }),
      {seed: 6},
    );
  });

  it('has a verdict for every text, and none survives what Date calls invalid', () => {
    const nearly = fc.string({
      unit: fc.constantFrom(...'0129-:.TZ+ '.split('')),
      maxLength: 30,
    });
    fc.assert(
      fc.property(nearly, (text) => {
        const verdict = read(text);

        expect(
          verdict === 'none' || new Date(verdict).toISOString().slice(0, 19),
        ).toEqual(verdict === 'none' || verdict.slice(0, 19));
      }),
      {seed: 4, numRuns: 1000},
    );
  });
});

describe('dayOf', () => {
  it('counts as Date does', () => {
    const day = fc.integer({
      min: FIRST_SECOND / 86_400,
      max: Math.floor(LAST_SECOND / 86_400),
    });
    fc.assert(
      fc.property(day, (days) => {
        expect(dayOf(new Date(days * 86_400_000).toISOString())).toBe(days);
      }),
      {seed: 5, numRuns: 1000},
    );
  });
});

function read(text: string): string {
  const instant = new InstantText();
  if (!instant.read(text)) return 'none';
  const seconds = new Date(instant.seconds * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(instant.micros).padStart(6, '0')}Z`;
}

function zone(minutes: number): string {
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}
