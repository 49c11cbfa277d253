import fc from 'fast-check';

import {Collection, hash53, HashSet} from './hashes';

describe('hash53', () => {
  it('tells a hundred thousand similar texts apart', () => {
    const hashes = new Set<number>();
    for (let i = 0; i < 100_000; i += 1) hashes.add(hash53(`["ticks",${i}]`));

    expect(hashes.size).toBe(100_000);
  });

  it('is a safe integer for every text', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        expect(Number.isSafeInteger(hash53(text))).toBe(true);
      }),
      {seed: 1},
    );
  });
});

describe('HashSet', () => {
  it('holds what a set holds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), {maxLength: 9000}), (numbers) => {
        const ours = new HashSet();
        const plain = new Set<number>();
        const isNew = numbers.map((number) => {
          const wasThere = plain.has(number);
          plain.add(number);
          return [ours.add(number + 1), !wasThere];
        });

        expect(isNew.every(([said, is]) => said === is)).toBe(true);
        expect(ours.size).toBe(plain.size);
        expect([...plain].every((each) => ours.has(each + 1))).toBe(true);
      }),
      {seed: 1, numRuns: 8},
    );
  });
});

describe('Collection', () => {
  const of = (texts: readonly string[]): string => {
    const collection = new Collection();
    for (const text of texts) collection.add(text);
    return collection.digest;
  };

  it('does not see the order', () => {
    expect(of(['a', 'b', 'b', 'c'])).toBe(of(['b', 'c', 'a', 'b']));
  });

  it('sees how often a text was there', () => {
    expect(of(['a', 'a', 'b'])).not.toBe(of(['a', 'b', 'b']));
  });
});
