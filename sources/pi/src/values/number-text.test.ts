import fc from 'fast-check';

import {NumberText} from './number-text';

/** As many times ten numbers are tried as bodies of the readers. */
const BODIES = Number(process.env['READER_BODIES'] ?? 2000);
const LONG_MS = 3_600_000;

/** What is copied of a number; undefined where it is parsed instead. */
function copied(text: string): string | undefined {
  const number = new NumberText();
  const body = Buffer.from(`${text},`);
  return number.find(body, 0) ? text.slice(0, number.end) : undefined;
}

const digits = fc
  .array(fc.integer({min: 0, max: 9}), {minLength: 14, maxLength: 18})
  .map((list) => list.join(''));

/** Sixteen or seventeen digits about those that are printed of some double. */
const nearDouble = fc
  .tuple(
    fc.double({min: 1, max: 1e17, noNaN: true}),
    fc.integer({min: 16, max: 17}),
    fc.integer({min: -9, max: 9}),
  )
  .map(([double, count, off]) => beside(double, count, off));

const nearPower = fc
  .tuple(
    fc.integer({min: -14, max: 66}),
    fc.integer({min: 16, max: 17}),
    fc.integer({min: -9, max: 9}),
  )
  .map(([power, count, off]) => beside(2 ** power, count, off));

function beside(double: number, count: number, off: number): string {
  const text = double.toPrecision(count).replace('.', '');
  return String(BigInt(text.replace(/e.*/, '')) + BigInt(off));
}

const number = fc
  .tuple(
    fc.oneof(digits, nearDouble, nearPower),
    fc.integer({min: 0, max: 18}),
    fc.constantFrom('', '', '0', '0000', '00000', '000000'),
    fc.boolean(),
  )
  .map(([text, at, zeros, isNegative]) => {
    const place = Math.min(at, text.length);
    const whole = text.slice(0, place).replace(/^0+(?=.)/, '') || '0';
    const decimals = (place === 0 ? zeros : '') + text.slice(place);
    const fraction = decimals.replace(/0+$/, '');
    return `${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
  });

describe('NumberText', () => {
  it(
    'copies what JavaScript prints of the number, and nothing else',
    () => {
      fc.assert(
        fc.property(number, (text) => {
          const printed = String(Number(text));

          expect(copied(text)).toBe(printed === text ? text : undefined);
        }),
        {numRuns: 10 * BODIES, seed: 8},
      );
    },
    LONG_MS,
  );

  it.each(['4499999999999999', '-44.99999999999999', '12.122025541904039', '23.50'])(
    'copies %s',
    (text) => {
      expect(copied(text)).toBe(String(Number(text)));
    },
  );

  it.each(['9007199254740993', '1e5', '-0', '0.0000001', '01'])(
    'does not copy %s',
    (text) => {
      expect(copied(text)).toBeUndefined();
    },
  );
});
