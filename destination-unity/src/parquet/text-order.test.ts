import fc from 'fast-check';

import {compareText} from './text-order';

describe('compareText', () => {
  it('orders texts as their UTF-8 bytes', () => {
    fc.assert(
      fc.property(text(), text(), (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(
          Buffer.compare(Buffer.from(a), Buffer.from(b)),
        );
      }),
      {seed: 1},
    );
  });

  it('puts characters beyond U+FFFF behind all others', () => {
    expect(compareText('\u{1f600}', '\uffff')).toBeGreaterThan(0);
  });
});

function text(): fc.Arbitrary<string> {
  const unit = fc.constantFrom(
    'a',
    'b',
    'ü',
    '\ue000',
    '\uffff',
    '\u{1f600}',
    '\u{10ffff}',
  );
  return fc.oneof(fc.string({unit: 'binary'}), fc.string({unit, maxLength: 5}));
}
