import fc from 'fast-check';

import {withFractionsShown} from './number-texts';

describe('withFractionsShown', () => {
  it('shows whole numbers that are written as fractions', () => {
    expect(withFractionsShown('{"a":1.0,"b":[1e3,-2.00 ],"c":1.5,"d":7}')).toBe(
      '{"a":0.5,"b":[0.5,0.5 ],"c":1.5,"d":7}',
    );
  });

  it('leaves strings alone, whatever stands in them', () => {
    expect(withFractionsShown('{"a":"x \\":1.0,","b":12}')).toBeUndefined();
    expect(withFractionsShown('{"a":":1.0,","b":1.0}')).toBe('{"a":":1.0,","b":0.5}');
  });

  it('finds nothing in what JSON.stringify writes, but for powers', () => {
    fc.assert(
      fc.property(
        fc.jsonValue().filter((value) => !JSON.stringify(value).includes('e')),
        (value) => {
          expect(withFractionsShown(JSON.stringify([value]))).toBeUndefined();
        },
      ),
      {seed: 1},
    );
  });

  it('finds a large number that is written as a power', () => {
    expect(withFractionsShown('{"a":1e+21}')).toBe('{"a":0.5}');
  });
});
