import fc from 'fast-check';

import {AtMost} from './at-most';

describe('AtMost', () => {
  it('does all the work, in order, and never more at once than it may', async () => {
    const jobs = fc.array(fc.tuple(fc.nat({max: 3}), fc.boolean()), {maxLength: 40});

    await fc.assert(
      fc.asyncProperty(fc.integer({min: 1, max: 5}), jobs, async (limit, all) => {
        const atMost = new AtMost(limit);
        const begun: number[] = [];
        let running = 0;
        let most = 0;
        const outcomes = await Promise.allSettled(
          all.map(([turns, fails], job) =>
            atMost.run(async () => {
              begun.push(job);
              running += 1;
              most = Math.max(most, running);
              for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
              running -= 1;
              if (fails) throw new RangeError('failed');
            }),
          ),
        );

        expect(begun).toEqual(all.map((_, job) => job));
        expect(most).toBeLessThanOrEqual(limit);
        expect(outcomes.map(({status}) => status)).toEqual(
          all.map(([, fails]) => (fails ? 'rejected' : 'fulfilled')),
        );
      }),
    );
  });
});
