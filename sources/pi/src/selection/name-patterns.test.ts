import fc from 'fast-check';

import {NamePatterns} from './name-patterns';

describe('NamePatterns', () => {
  it('agrees with a regular expression of the same meaning', () => {
    const text = fc.string({unit: fc.constantFrom('a', 'B', '.', '*', '?', '[', '\\')});
    const name = fc.string({unit: fc.constantFrom('a', 'A', 'b', '.', '[', '\\')});
    fc.assert(
      fc.property(text, name, (pattern, candidate) => {
        expect(new NamePatterns([pattern]).matches(candidate)).toBe(
          expression(pattern).test(candidate),
        );
      }),
      {numRuns: 2000, seed: 1},
    );
  });

  it('answers at once for a pattern that would drive an expression mad', () => {
    const pattern = `${'*a'.repeat(60)}b`;

    expect(new NamePatterns([pattern]).matches('a'.repeat(5000))).toBe(false);
  });

  it('tells apart the names a user meant one by one', () => {
    const {patterns} = new NamePatterns(['Unit1.TI-101', 'Unit?.*']);

    expect(patterns.map(({explicit}) => explicit)).toEqual([true, false]);
  });

  it('keeps from the server what means something else there', () => {
    const {patterns} = new NamePatterns(['A*', 'B[1]*', 'C\\D']);

    expect(patterns.map(({serverFilter}) => serverFilter)).toEqual([
      'A*',
      undefined,
      undefined,
    ]);
  });

  it('names the patterns that nothing fits', () => {
    const patterns = new NamePatterns(['ti-101', 'TI-1*', 'TI-999', 'XV-*']);

    const unmatched = patterns.unmatchedBy(['TI-101', 'TI-102']);

    expect(unmatched.map(({text}) => text)).toEqual(['TI-999', 'XV-*']);
  });
});

function expression(pattern: string): RegExp {
  const parts = Array.from(pattern, (character) => {
    if (character === '*') return '.*';
    return character === '?' ? '.' : character.replace(/[.[\\]/, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 'i');
}
