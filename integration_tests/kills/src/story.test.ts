import fc from 'fast-check';

import {Chance} from './chance';
import {drawCut, writeStory} from './story';

describe('A story', () => {
  it('is the same whenever its seed is', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(writeStory(seed)).toEqual(writeStory(seed));
      }),
      {numRuns: 20},
    );
  });

  it('is cut within what there is to tell, or behind its end', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({max: 1e7}), (seed, bytes) => {
        const {after, victim} = drawCut(new Chance(seed), bytes);
        const at = 'bytes' in after ? after.bytes : 0;
        expect(at === Infinity || at <= bytes).toBe(true);
        // A source that has said all cannot be killed any more.
        expect(at === Infinity && victim === 'source').toBe(false);
      }),
    );
  });
});
