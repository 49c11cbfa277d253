import {BenchError} from './bench-error';
import {benchOptions, PARTS, SHORT_PARTS} from './options';

describe('benchOptions', () => {
  it('runs every part at full length unless told otherwise', () => {
    const options = benchOptions([]);
    expect(options).toMatchObject({short: false, json: undefined, rounds: 5});
    expect([...options.parts]).toEqual([...PARTS]);
  });

  it('takes fewer rounds of less history for a short look', () => {
    const [full, short] = [
      benchOptions([]),
      benchOptions(['--short', '--json', 'a.json']),
    ];
    expect(short).toMatchObject({short: true, json: 'a.json', rounds: 3});
    expect(short.days).toBeLessThan(full.days);
    expect([...short.parts]).toEqual([...SHORT_PARTS]);
  });

  it('lets every size be set', () => {
    const args = ['--short', '--points', '24', '--days', '0.5', '--rounds', '2'];
    expect(benchOptions(args)).toMatchObject({points: 24, days: 0.5, rounds: 2});
    const parts = benchOptions(['--only', 'source', '--only', 'memory']).parts;
    expect([...parts]).toEqual(['source', 'memory']);
  });

  it('holds a result against an accepted one only when asked', () => {
    expect(benchOptions([])).toMatchObject({against: undefined, accept: false});
    const args = ['--against', 'short.json', '--accept'];
    expect(benchOptions(args)).toMatchObject({against: 'short.json', accept: true});
  });

  it('refuses what it does not know, with the usage', () => {
    for (const args of [
      ['--fast'],
      ['--only', 'speed'],
      ['--days', 'x'],
      ['--rounds', '0'],
    ]) {
      expect(() => benchOptions(args)).toThrow(BenchError);
      expect(() => benchOptions(args)).toThrow('Usage');
    }
  });
});
