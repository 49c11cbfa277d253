import {parseOptions} from './options';

describe('The command line of the kills', () => {
  it('has two hundred kills from seed 1 where nothing is said', () => {
    expect(parseOptions([])).toEqual({kills: 200, seed: 1});
  });

  it('takes both from its options', () => {
    expect(parseOptions(['--kills', '8', '--seed', '0'])).toEqual({kills: 8, seed: 0});
  });

  it.each([['--kills', '0'], ['--seed', '-1'], ['--help'], ['--other']])(
    'does not understand %s %s',
    (...args) => {
      expect(parseOptions(args)).toBeUndefined();
    },
  );
});
