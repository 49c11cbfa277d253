import fc from 'fast-check';

import {isDate, isDateTime, isTime} from './instants';

const CENTURIES = {min: new Date('1600-01-01'), max: new Date('2500-01-01')};

describe('isDate', () => {
  it.each(['2024-02-29', '2026-12-31', '0001-01-01', '0000-02-29', '9999-12-31'])(
    'takes %s',
    (text) => {
      expect(isDate(text)).toBe(true);
    },
  );

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', ''])(
    'refuses %p',
    (text) => {
      expect(isDate(text)).toBe(false);
    },
  );

  it('agrees with the calendar of the runtime', () => {
    fc.assert(
      fc.property(fc.date({noInvalidDate: true, ...CENTURIES}), (date) => {
        const nextDay = new Date(date.getTime() + 86_400_000).toISOString();
        const [month] = date.toISOString().split(/(?<=^.{8})/);
        const day = date.getUTCDate() + 1;
        const next = `${month}${String(day).padStart(2, '0')}`;

        expect(isDate(next)).toBe(nextDay.startsWith(next));
      }),
      {seed: 1, numRuns: 1000},
    );
  });
});

describe('isDateTime', () => {
  it.each([
    '2026-03-02T06:00:00Z',
    '2026-03-02T06:00:00.1234567Z',
    '2026-03-02t06:00:00.1+05:30',
    '2026-03-02 06:00:00-00:00',
    '2016-12-31T23:59:60Z',
  ])('takes %s as an instant', (text) => {
    expect(isDateTime(text, true)).toBe(true);
  });

  it.each([
    '2026-03-02T06:00:00',
    '2026-03-02T24:00:00Z',
    '2026-03-02T06:60:00Z',
    '2026-03-02T06:10:60Z',
    '2026-03-02T06:00:00.Z',
    '2026-03-02T06:00:00+24:00',
    '2026-02-30T06:00:00Z',
    '2026-03-02',
    '2026-03-02T06:00Z',
    'now',
  ])('refuses %s as an instant', (text) => {
    expect(isDateTime(text, true)).toBe(false);
  });

  it('wants no offset where there is no zone', () => {
    expect(
      ['2026-03-02T06:00:00', '2026-03-02T06:00:00Z'].map((text) =>
        isDateTime(text, false),
      ),
    ).toEqual([true, false]);
  });
});

describe('isTime', () => {
  it('tells a time with offset from one without', () => {
    expect([isTime('06:00:00Z', true), isTime('06:00:00', true)]).toEqual([
      true,
      false,
    ]);
    expect([isTime('06:00:00', false), isTime('6:00', false)]).toEqual([true, false]);
  });
});
