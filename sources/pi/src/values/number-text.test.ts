import fc from 'fast-check';

import {NumberText} from './number-text';

/** What is copied of a number; undefined where it is parsed instead. */
function copied(text: string): string | undefined {
  const number = new NumberText();
  const body = Buffer.from(`${text},`);
  return number.find(body, 0) ? text.slice(0, number.end) : undefined;
}

const digits = fc
  .array(fc.integer({min: 0, max: 9}), {minLength: 14, maxLength: 18})
  .map((list) => list.join(''));

/** Sixteen digits about where doubles lie one in the last digit apart. */
const nearLimit = fc
  .tuple(fc.constantFrom('44', '45', '46', '39', '40', '89', '90'), digits)
  .map(([start, rest]) => `${start}${rest}`.slice(0, 16));

const nearPower = fc
  .tuple(fc.integer({min: -14, max: 66}), fc.integer({min: -3, max: 3}))
  .map(([power, off]) => {
    const text = (2 ** power).toPrecision(16).replace('.', '');
    return String(BigInt(text.replace(/e.*/, '')) + BigInt(off));
  });

const number = fc
  .tuple(
    fc.oneof(digits, nearLimit, nearPower),
    fc.integer({min: 0, max: 18}),
    fc.boolean(),
  )
  .map(([text, at, isNegative]) => {
    const place = Math.min(at, text.length);
    const whole = text.slice(0, place).replace(/^0+(?=.)/, '') || '0';
    const fraction = text.slice(place);
    return `${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
  });

describe('NumberText', () => {
  it('copies nothing but what JavaScript prints of the number', () => {
    fc.assert(
      fc.property(number, (text) => {
        expect([String(Number(text)), undefined]).toContain(copied(text));
      }),
      {numRuns: 20_000, seed: 8},
    );
  });

  it.each(['4499999999999999', '3.999999999999999', '-44.99999999999999'])(
    'copies %s',
    (text) => {
      expect(copied(text)).toBe(text);
    },
  );

  it.each(['9007199254740993', '1e5', '-0', '0.0000001', '01'])(
    'does not copy %s',
    (text) => {
      expect(copied(text)).toBeUndefined();
    },
  );
});
