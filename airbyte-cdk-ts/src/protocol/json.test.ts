import fc from 'fast-check';

import {canonicalText, type Json} from './json';

fc.configureGlobal({seed: 1});

describe('canonicalText', () => {
  it('is the same for equal values, however their members are ordered', () => {
    expect(canonicalText({b: [{d: 1, c: 2}], a: null})).toBe(
      canonicalText({a: null, b: [{c: 2, d: 1}]}),
    );
  });

  it('leaves out what is undefined', () => {
    expect(canonicalText({a: undefined, b: 1})).toBe('{"b":1}');
  });

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.stringify(value);
        expect(JSON.parse(canonicalText(JSON.parse(plain) as Json))).toEqual(
          JSON.parse(plain),
        );
      }),
    );
  });
});
