import fc from 'fast-check';

import {compared, exponent, median} from './statistics';

const rates = fc.array(fc.double({min: 1, max: 1e6, noNaN: true}), {
  minLength: 1,
  maxLength: 9,
});

describe('median', () => {
  it('is the middle of an odd and between the middles of an even number', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([1, 9, 2, 4])).toBe(3);
  });

  it('has at least half of the values on either side', () => {
    fc.assert(
      fc.property(rates, (values) => {
        const middle = median(values);
        const half = values.length / 2;
        expect(values.filter((value) => value <= middle).length).toBeGreaterThanOrEqual(
          half,
        );
        expect(values.filter((value) => value >= middle).length).toBeGreaterThanOrEqual(
          half,
        );
      }),
    );
  });
});

describe('compared', () => {
  it('forms the ratio of medians and the spread of single rounds', () => {
    expect(compared([1, 2, 3], [2, 2, 2])).toEqual({
      ours: 2,
      against: 2,
      ratio: 1,
      spread: [0.5, 1.5],
    });
  });

  it('keeps the ratio of two that are k times apart in every round', () => {
    fc.assert(
      fc.property(rates, fc.integer({min: 1, max: 20}), (values, k) => {
        const {ratio, spread} = compared(
          values.map((value) => value * k),
          values,
        );
        expect(ratio).toBeCloseTo(k, 6);
        expect(spread[0]).toBeCloseTo(k, 6);
        expect(spread[1]).toBeCloseTo(k, 6);
      }),
    );
  });
});

describe('exponent', () => {
  const powers = (power: number): (readonly [number, number])[] =>
    [1, 10, 100].map((x) => [x, 3 * x ** power]);

  it('is the power with which a figure grows', () => {
    expect(exponent(powers(1))).toBeCloseTo(1);
    expect(exponent(powers(0))).toBeCloseTo(0);
    expect(exponent(powers(2))).toBeCloseTo(2);
  });

  it('is no number for a single point', () => {
    expect(exponent([[1, 1]])).toBeNaN();
  });
});
