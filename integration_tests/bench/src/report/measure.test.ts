import {judged, notRun, type Measure} from './measure';
import {table, verdict} from './table';

const SUBJECT = {measure: 'rows/s against the floor', unit: 'rows/s', rounds: 5};

function comparison(ours: number, against: number): Parameters<typeof judged>[1] {
  return {ours, against, ratio: ours / against, spread: [0.4, 0.6]};
}

describe('judged', () => {
  it('meets a lower bound at the bound and misses it below', () => {
    const target = {bound: 'at least', ratio: 0.5} as const;
    expect(judged(SUBJECT, comparison(1, 2), target).met).toBe(true);
    expect(judged(SUBJECT, comparison(1, 2.1), target).met).toBe(false);
  });

  it('meets an upper bound at the bound and misses it above', () => {
    const target = {bound: 'at most', ratio: 1.25} as const;
    expect(judged(SUBJECT, comparison(5, 4), target).met).toBe(true);
    expect(judged(SUBJECT, comparison(6, 4), target).met).toBe(false);
  });

  it('meets nothing with a ratio that is no number', () => {
    const none = comparison(0, 0);
    expect(judged(SUBJECT, none, {bound: 'at least', ratio: 0}).met).toBe(false);
    expect(judged(SUBJECT, none, {bound: 'at most', ratio: 1}).met).toBe(false);
  });

  it('demands nothing without a target', () => {
    expect(judged(SUBJECT, comparison(1, 2))).toMatchObject({target: null, met: null});
  });
});

describe('notRun', () => {
  it('has no figures and meets nothing', () => {
    const measure = notRun('a', 'no Python', {bound: 'at least', ratio: 2});
    expect(measure).toMatchObject({met: false, ratio: NaN, notRun: 'no Python'});
  });
});

describe('verdict', () => {
  it('counts targets, not measures', () => {
    const target = {bound: 'at least', ratio: 1} as const;
    const measures = [
      judged(SUBJECT, comparison(2, 1), target),
      judged(SUBJECT, comparison(1, 2), target),
      judged(SUBJECT, comparison(1, 2)),
      notRun('a', 'no Python', target),
    ];
    expect(verdict(measures)).toBe('Targets: 1 met, 1 not met, 1 not run.\n');
    expect(table(measures)).toContain('not run');
  });
});

describe('table', () => {
  it('prints a line per measure, with units and verdicts', () => {
    const measures: readonly Measure[] = [
      judged(SUBJECT, comparison(500_000, 800_000), {bound: 'at least', ratio: 0.5}),
      judged({...SUBJECT, unit: 's'}, comparison(0.31, 0.3), {
        bound: 'at most',
        ratio: 1,
      }),
      judged(SUBJECT, comparison(1, 2)),
    ];
    expect(table(measures).split('\n')).toEqual([
      'measure                             ours         against  ratio      spread  target  met',
      '------------------------  --------------  --------------  -----  ----------  ------  ---',
      'rows/s against the floor  500,000 rows/s  800,000 rows/s   0.63  0.40..0.60  >= 0.5  yes',
      'rows/s against the floor          0.31 s           0.3 s   1.03  0.40..0.60    <= 1   NO',
      'rows/s against the floor        1 rows/s        2 rows/s   0.50  0.40..0.60       -    -',
      '',
    ]);
  });
});
