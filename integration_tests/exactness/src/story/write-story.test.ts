import fc from 'fast-check';

import {HARD_CASES, hardCaseOf} from './hard-cases';
import {writeStory} from './write-story';

describe('writeStory', () => {
  it('writes the same story for the same seed', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (seed) => {
        const [one, other] = [writeStory(seed), writeStory(seed)].map((story) =>
          JSON.stringify(story),
        );

        expect(one === other).toBe(true);
      }),
      {seed: 1, numRuns: 20},
    );
  });

  it('holds every hard case in any sixty seeds in a row', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (first) => {
        const seeds = Array.from({length: 60}, (_, n) => hardCaseOf(first + n));

        const cases = new Set(seeds.filter((name) => name !== undefined));
        expect(cases.size).toBe(HARD_CASES.size);
      }),
      {seed: 1},
    );
  });

  it('moves the clock only forwards', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (seed) => {
        const {server, syncs} = writeStory(seed);

        const times = [server.now, ...syncs.map(({now}) => now)];
        expect(times).toEqual([...times].sort());
      }),
      {seed: 1, numRuns: 20},
    );
  });
});
