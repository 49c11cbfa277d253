import {isDate, isDateTime, isTime} from './instants';

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
