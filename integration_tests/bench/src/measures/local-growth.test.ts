import {growthOf, measureLocalGrowth} from './local-growth';

describe('growthOf', () => {
  it('judges the processor time in a longer table by that in the shortest', () => {
    const sample = {round: 0, records: 3000, wallSeconds: 2, peakBytes: 1};
    const name = 'destination-unity, an hour into';
    const samples = [
      {...sample, contestant: `${name} 1x`, cpuSeconds: 1},
      {...sample, contestant: `${name} 100x`, cpuSeconds: 1.5},
    ];

    expect(growthOf(samples, {shortest: 1, length: 100, rounds: 1})).toMatchObject([
      {measure: expect.stringMatching(/100x against 1x, CPU$/), ratio: 1.5, met: false},
      {measure: expect.stringMatching(/100x against 1x$/), ratio: 1, met: null},
    ]);
  });
});

describe('measureLocalGrowth', () => {
  it('finds nothing where no length is asked for', async () => {
    const say = (): void => undefined;
    const context = {scratch: '', rounds: 1, longRounds: 1, say, hours: 1};

    expect(await measureLocalGrowth({...context, lengths: []})).toEqual({
      samples: [],
      measures: [],
    });
  });
});
