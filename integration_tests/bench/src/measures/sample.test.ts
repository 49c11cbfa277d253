import fc from 'fast-check';

import {figures, interleaved, perSecond, type Contestant} from './sample';

function recording(names: readonly string[], order: string[]): readonly Contestant[] {
  return names.map((name, place) => ({
    name,
    run: (round) => {
      order.push(`${round}${name}`);
      const wallSeconds = place + 1;
      return Promise.resolve({records: 6, wallSeconds, cpuSeconds: 1, peakBytes: 1});
    },
  }));
}

const quiet = (): void => undefined;

describe('interleaved', () => {
  it('begins every round with another contestant', async () => {
    const order: string[] = [];
    await interleaved(recording(['a', 'b', 'c'], order), 4, quiet);
    expect(order.join(' ')).toBe('0a 0b 0c 1b 1c 1a 2c 2a 2b 3a 3b 3c');
  });

  it('runs every contestant once a round', async () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), {minLength: 1});
    await fc.assert(
      fc.asyncProperty(names, fc.integer({min: 1, max: 6}), async (given, rounds) => {
        const samples = await interleaved(recording(given, []), rounds, quiet);
        for (const name of given) {
          const own = samples.filter(({contestant}) => contestant === name);
          expect(own.map(({round}) => round)).toEqual([...Array(rounds).keys()]);
        }
      }),
    );
  });
});

describe('figures', () => {
  it('gives the figures of one contestant in the order of rounds', async () => {
    const samples = await interleaved(recording(['a', 'b'], []), 2, quiet);
    expect(figures(samples, 'b', perSecond)).toEqual([3, 3]);
    expect(figures([...samples].reverse(), 'a', ({round}) => round)).toEqual([0, 1]);
  });
});
