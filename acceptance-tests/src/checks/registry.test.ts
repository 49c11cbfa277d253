import {brokenConnectors} from '../broken-connectors';
import {CHECKS} from './registry';

/** Warnings alone: broken-spec.test.ts shows what they say. */
const WARNS_ONLY = ['S10'];

describe('the checks', () => {
  it('are those of the list, none missing', () => {
    const ids = [
      ...numbered('S', 1, 16),
      ...numbered('C', 1, 3),
      ...numbered('D', 1, 9),
      ...numbered('R', 0, 10),
      ...numbered('F', 1, 2),
      ...numbered('I', 1, 3),
      ...numbered('A', 1, 3),
      ...numbered('M', 1, 4),
      ...numbered('X', 1, 11),
    ];

    expect(new Set(CHECKS.map(({id}) => id))).toEqual(new Set(ids));
  });

  it('have a broken connector each', () => {
    const broken = [
      ...brokenConnectors('source', 'SCDRFIAMX'),
      ...brokenConnectors('destination', 'X'),
    ].map(({id}) => id);
    const unbroken = CHECKS.map(({id}) => id).filter((id) => !broken.includes(id));

    expect(unbroken.filter((id) => !WARNS_ONLY.includes(id))).toEqual([]);
  });
});

function numbered(letter: string, from: number, to: number): readonly string[] {
  return Array.from({length: to - from + 1}, (_, i) => `${letter}${from + i}`);
}
