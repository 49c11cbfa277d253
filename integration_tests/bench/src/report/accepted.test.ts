import {heldAgainst, heldReport} from './accepted';
import {judged, notRun, type Measure} from './measure';

function measure(name: string, ratio: number, more: Partial<Measure> = {}): Measure {
  const subject = {measure: name, unit: 'rows/s', rounds: 3};
  const comparison = {ours: ratio, against: 1, ratio, spread: [ratio, ratio]} as const;
  return {...judged(subject, comparison), ...more};
}

const passedOf = (now: readonly Measure[], accepted: readonly Measure[]): boolean[] =>
  heldAgainst(now, accepted).map(({passed}) => passed);

describe('heldAgainst', () => {
  it('lets a ratio fall by a quarter and no further', () => {
    const accepted = [measure('a', 2)];
    expect(passedOf([measure('a', 1.5)], accepted)).toEqual([true]);
    expect(passedOf([measure('a', 1.49)], accepted)).toEqual([false]);
    expect(passedOf([measure('a', 9)], accepted)).toEqual([true]);
  });

  it('lets a ratio with an upper bound rise by a third and no further', () => {
    const most = {bound: 'at most'} as const;
    const accepted = [measure('a', 0.9, most)];
    expect(passedOf([measure('a', 1.19, most)], accepted)).toEqual([true]);
    expect(passedOf([measure('a', 1.21, most)], accepted)).toEqual([false]);
  });

  it('fails what is no longer measured, and does not ask for what is new', () => {
    const accepted = [measure('a', 1), measure('b', 1)];
    const now = [measure('c', 1), notRun('b', 'no Python')];
    expect(passedOf(now, accepted)).toEqual([false, false]);
  });

  it('leaves out what is not to be held and what was not run', () => {
    const accepted = [measure('a', 1, {notHeld: true}), notRun('b', 'no Python')];
    expect(heldAgainst([measure('a', 9)], accepted)).toEqual([]);
  });
});

describe('heldReport', () => {
  it('ends with the count', () => {
    const held = heldAgainst([measure('a', 2)], [measure('a', 2), measure('b', 1)]);
    expect(heldReport(held).split('\n')).toEqual([
      'passed  a: 2.000, accepted 2.000',
      'FAILED  b: not measured, accepted 1.000',
      '1 passed, 1 failed',
      '',
    ]);
  });
});
