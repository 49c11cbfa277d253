import fc from 'fast-check';

import {isNumberText, scaledInteger} from './exact-number';

describe('scaledInteger', () => {
  it.each([
    {text: '0', scale: 0, unscaled: 0n, isExact: true},
    {text: '-0.0', scale: 0, unscaled: 0n, isExact: true},
    {text: '9007199254740993', scale: 0, unscaled: 9007199254740993n, isExact: true},
    {
      text: '12345678901234567890123456789012345678',
      scale: 0,
      unscaled: 12345678901234567890123456789012345678n,
      isExact: true,
    },
    {text: '5.000', scale: 0, unscaled: 5n, isExact: true},
    {text: '1.5e3', scale: 0, unscaled: 1500n, isExact: true},
    {text: '1500e-2', scale: 0, unscaled: 15n, isExact: true},
    {text: '7.5', scale: 0, unscaled: 8n, isExact: false},
    {text: '-7.5', scale: 0, unscaled: -8n, isExact: false},
    {text: '7.4999999999999999999999', scale: 0, unscaled: 7n, isExact: false},
    {text: '0.1', scale: 9, unscaled: 100000000n, isExact: true},
    {text: '1e-10', scale: 9, unscaled: 0n, isExact: false},
    {text: '5e-10', scale: 9, unscaled: 1n, isExact: false},
    {text: '1e-99999', scale: 9, unscaled: 0n, isExact: false},
    {text: '.5', scale: 1, unscaled: 5n, isExact: true},
    {text: '+3.', scale: 0, unscaled: 3n, isExact: true},
  ])('reads $text with $scale decimals as $unscaled', ({text, scale, ...read}) => {
    expect(scaledInteger(text, scale)).toEqual(read);
  });

  it.each([
    '',
    '.',
    '-',
    'e5',
    '1e',
    '0x10',
    '1_000',
    ' 1',
    '1 ',
    'NaN',
    'Infinity',
    '1e99999',
  ])('finds no number of reasonable size in %j', (text) => {
    expect(scaledInteger(text, 0)).toBeUndefined();
  });

  it('takes every integer and every number of decimals back as it was', () => {
    const digits = fc.bigInt({min: -(10n ** 40n), max: 10n ** 40n});
    const zeros = fc.nat({max: 12});
    fc.assert(
      fc.property(digits, fc.nat({max: 12}), zeros, (unscaled, scale, added) => {
        const text =
          decimalText(unscaled, scale) + (scale > 0 ? '0'.repeat(added) : '');

        expect(scaledInteger(text, scale)).toEqual({unscaled, isExact: true});
      }),
      {seed: 1},
    );
  });

  it('means the same number whatever the exponent it is written with', () => {
    const digits = fc.bigInt({min: -(10n ** 20n), max: 10n ** 20n});
    fc.assert(
      fc.property(digits, fc.integer({min: -15, max: 15}), (coefficient, shift) => {
        const expected = coefficient * 10n ** BigInt(shift + 15);

        expect(scaledInteger(`${coefficient}e${shift}`, 15)).toEqual({
          unscaled: expected,
          isExact: true,
        });
      }),
      {seed: 2},
    );
  });

  it('rounds by less than or exactly one half, and says so', () => {
    const digits = fc.bigInt({min: -(10n ** 25n), max: 10n ** 25n});
    fc.assert(
      fc.property(digits, fc.integer({min: 1, max: 12}), (fine, dropped) => {
        const unit = 10n ** BigInt(dropped);

        const rounded = scaledInteger(decimalText(fine, dropped), 0);

        const error = fine - (rounded?.unscaled ?? 0n) * unit;
        expect(error < 0n ? -error * 2n : error * 2n).toBeLessThanOrEqual(unit);
        expect(rounded?.isExact).toBe(error === 0n);
      }),
      {seed: 3},
    );
  });
});

describe('isNumberText', () => {
  it('agrees with JSON on what JSON calls a number', () => {
    fc.assert(
      fc.property(fc.double({noNaN: true, noDefaultInfinity: true}), (value) => {
        expect(isNumberText(JSON.stringify(value))).toBe(true);
      }),
      {seed: 4},
    );
  });

  it('does not take what Number() takes for zero or hexadecimal', () => {
    expect(['', ' ', '0x1f', '1e', '\n1'].filter(isNumberText)).toEqual([]);
  });
});

function decimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`.replace(/\.$/, '');
}
