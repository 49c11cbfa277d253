import {canonical, instantText} from './canonical';

describe('The agreed text of a value', () => {
  it.each([
    ['1.0E-308', '1e-308'],
    ['1e-308', '1e-308'],
    ['-0.0', '-0'],
    ['-inf', '-Infinity'],
    ['Infinity', 'Infinity'],
    ['nan', 'NaN'],
    ['1.0', '1'],
  ])('is for the double %s: %s', (text, agreed) => {
    expect(canonical(text, 'double')).toBe(agreed);
  });

  it.each([
    ['1.500000000', '1.500000000'],
    ['1E-9', '0.000000001'],
    ['0E-9', '0.000000000'],
    ['-12', '-12.000000000'],
    [
      '99999999999999999999999999999.999999999',
      '99999999999999999999999999999.999999999',
    ],
  ])('is for the decimal %s: %s', (text, agreed) => {
    expect(canonical(text, 'decimal')).toBe(agreed);
  });

  it('is for an instant the same from text and from microseconds', () => {
    expect(canonical('1969-12-31 23:59:59.9', 'timestamp')).toBe(
      instantText(-100_000n, true),
    );
    expect(canonical('0001-01-01 00:00:00', 'timestamp_ntz')).toBe(
      instantText(-62_135_596_800_000_000n, false),
    );
  });

  it('is NULL for NULL', () => {
    expect(canonical(null, 'double')).toBeNull();
  });
});
