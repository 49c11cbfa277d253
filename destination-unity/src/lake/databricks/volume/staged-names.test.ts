import fc from 'fast-check';

import {isNameOf, isStagedName, stagedName} from './staged-names';

const runs = fc.record({
  startedMs: fc.integer({min: 0, max: Date.UTC(2200, 0)}),
  id: fc.stringMatching(/^[0-9a-f]{8}$/),
});

describe('stagedName', () => {
  it('is known as a name of its run, and of no other', () => {
    fc.assert(
      fc.property(runs, runs, fc.tuple(fc.string(), fc.nat()), (run, other, named) => {
        const name = stagedName(run, ...named);

        expect(isStagedName(name)).toBe(true);
        expect(isNameOf(run, name)).toBe(true);
        const isSame = run.startedMs === other.startedMs && run.id === other.id;
        expect(isNameOf(other, name)).toBe(isSame);
      }),
    );
  });

  it('is another for every sequence, and made of what every storage takes', () => {
    fc.assert(
      fc.property(runs, fc.string(), fc.uniqueArray(fc.nat()), (run, table, all) => {
        const names = all.map((sequence) => stagedName(run, table, sequence));

        expect(new Set(names).size).toBe(all.length);
        expect(names.join('')).toMatch(/^[a-z0-9.-]*$/);
      }),
    );
  });
});

describe('isStagedName', () => {
  it.each([
    'airbyte-1-2-3-4.parquet',
    'airbyte-mf1z0k8w-1f0c3a52-9d4e11aa-1.parquet.tmp',
    'my-airbyte-mf1z0k8w-1f0c3a52-9d4e11aa-1.parquet',
    'airbyte-mf1z0k8w-1F0C3A52-9d4e11aa-1.parquet',
    'prices.parquet',
    '',
  ])('leaves %j to its owner', (name) => {
    expect(isStagedName(name)).toBe(false);
  });
});
