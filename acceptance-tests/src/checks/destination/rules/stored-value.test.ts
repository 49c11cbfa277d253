import {
  changesOf,
  isSameInstant,
  isSameJson,
  isSameNumber,
  isTold,
  microseconds,
} from './stored-value';

describe('a stored instant', () => {
  it.each([
    '2026-03-01T12:00:00.123456Z',
    '2026-03-01 12:00:00.123456+00',
    '2026-03-01T13:00:00.123456+01:00',
    '2026-03-01T12:00:00.123456',
    '2026-03-01T12:00:00.123456000Z',
  ])('is the same when written %s', (text) => {
    expect(isSameInstant(text, '2026-03-01T12:00:00.123456Z')).toBe(true);
  });

  it('is another one microsecond later', () => {
    expect(isSameInstant('2026-03-01T12:00:00.123457Z', '2026-03-01T12:00:00.123456Z'))
      // One digit, and a reader would find other rows.
      .toBe(false);
  });

  it('is none outside of the calendar', () => {
    expect(microseconds('2026-13-01T00:00:00Z')).toBeUndefined();
    expect(isSameInstant('yesterday', 'yesterday')).toBe(false);
  });

  it('lies before 1970, too', () => {
    expect(microseconds('1969-12-31T23:59:59.5Z')).toBe(-500_000n);
  });
});

describe('a stored number', () => {
  const digits = '12345678901234567890123456789.123456789';

  it('may be the nearest double, or text with every digit', () => {
    expect(isSameNumber(Number(digits), digits)).toBe(true);
    expect(isSameNumber(digits, digits)).toBe(true);
    expect(isSameNumber('1.500', '1.5')).toBe(true);
    expect(isSameNumber('10', '10')).toBe(true);
  });

  it('may not be text with fewer digits', () => {
    expect(isSameNumber('12345678901234567890123456789', digits)).toBe(false);
    expect(isSameNumber('1', '10')).toBe(false);
  });
});

describe('a stored object', () => {
  it('may be its JSON text', () => {
    expect(isSameJson('{"a": [1]}', {a: [1]})).toBe(true);
    expect(isSameJson({a: [1]}, {a: [1]})).toBe(true);
    expect(isSameJson('[object Object]', {a: [1]})).toBe(false);
  });
});

describe('a change', () => {
  const change = {field: 'a', change: 'NULLED', reason: 'DESTINATION_TYPECAST_ERROR'};

  it('is told by an object or by its JSON text', () => {
    expect(isTold({_airbyte_meta: {changes: [change]}}, 'a')).toBe(true);
    expect(isTold({_airbyte_meta: JSON.stringify({changes: [change]})}, 'a')).toBe(
      true,
    );
  });

  it('is not told of another field, or without a reason of the protocol', () => {
    expect(isTold({_airbyte_meta: {changes: [change]}}, 'b')).toBe(false);
    expect(isTold({_airbyte_meta: {changes: [{...change, reason: 'x'}]}}, 'a')).toBe(
      false,
    );
    expect(changesOf({})).toEqual([]);
  });
});
