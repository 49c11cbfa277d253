import {resumptions} from './slices';

const states = (...counts: readonly number[]) =>
  counts.map((recordCount, i) => ({digest: String(i), recordCount}));

describe('resumptions', () => {
  it('are none of the first and none of the last of three or more', () => {
    expect(resumptions(states(10, 10, 10, 10), 40)).toEqual([
      {index: 1, remaining: 20},
      {index: 2, remaining: 10},
    ]);
  });

  it('are the last alone, where there are fewer than three', () => {
    expect(resumptions(states(10, 25), 40)).toEqual([{index: 1, remaining: 5}]);
    expect(resumptions(states(30), 40)).toEqual([{index: 0, remaining: 10}]);
  });

  it('are few of many', () => {
    const chosen = resumptions(states(...Array<number>(100).fill(1)), 100);

    expect(chosen.map(({index}) => index)).toEqual([20, 40, 60, 80]);
  });

  it('take equal states in a row for one, with the records of all of them', () => {
    const repeated = [
      ...states(10, 10),
      {digest: '1', recordCount: 5},
      {digest: '3', recordCount: 10},
    ];

    expect(resumptions(repeated, 35)).toEqual([{index: 1, remaining: 10}]);
  });

  it('are never at a state that counts no record', () => {
    expect(resumptions(states(0, 10, 0, 10, 0), 20)).toEqual([
      {index: 3, remaining: 0},
    ]);
    expect(resumptions(states(0, 0), 20)).toEqual([]);
  });
});
