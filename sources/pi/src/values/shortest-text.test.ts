import {isShortest} from './shortest-text';

describe('isShortest', () => {
  it.each(['12.122025541904039', '8.573179716011962', '9007199254740991'])(
    'knows that all digits of %s are printed',
    (text) => {
      expect(isShortest(...partsOf(text))).toBe(true);
    },
  );

  it.each(['9007199254740993', '12.300000000000001', '12.300000000000003'])(
    'knows that %s is printed otherwise',
    (text) => {
      expect(isShortest(...partsOf(text))).toBe(false);
    },
  );

  it('is not certain beside a power of two, where doubles lie unequally', () => {
    expect(isShortest(...partsOf('1.0000000000000002'))).toBe(false);
  });
});

function partsOf(text: string): [high: number, low: number, decimals: number] {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = whole + fraction;
  const high = Number(digits.slice(0, -8)) * 1e8;
  return [high, Number(digits.slice(-8)), fraction.length];
}
