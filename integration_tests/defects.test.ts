import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

/** Defects of earlier extractors that lose rows in silence or deliver wrong ones. */
const SILENT_LOSSES = [
  ...['S-1', 'S-2', 'S-4', 'S-5', 'S-6', 'S-7', 'S-8', 'S-14', 'S-15', 'S-16', 'S-18'],
  ...['S-21', 'S-23', 'S-24', 'S-25', 'S-26', 'S-28', 'S-30'],
  ...['L-2', 'L-3', 'L-4', 'L-5', 'L-6', 'L-7', 'L-8', 'L-10', 'L-11', 'L-12', 'L-13'],
  ...['L-14', 'L-15', 'L-17', 'L-20', 'L-21', 'L-23'],
  ...['F-1', 'F-2', 'F-3', 'F-4', 'F-5', 'F-7'],
  ...['P-1', 'P-2', 'P-3', 'P-4', 'P-5', 'P-6', 'P-7'],
];

/** Those for which there is no test beside this one, and why. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'S-30':
    'Tables that are computed anew over a moving window are a destination’s mistake; ' +
    'kills.test.ts holds what a table keeps over many syncs against the plant.',
  'L-11':
    'There is no catalogue of points yet; every event carries its kind and its units.',
  'L-13':
    'There is no stream of calculated values, so that none can be given a wrong name.',
};

describe('The defects of earlier extractors', () => {
  it('each have a test that bears their name, or a reason why they have none', () => {
    const found = [...namedInTests(), ...Object.keys(ELSEWHERE)];

    expect(found.sort()).toEqual([...SILENT_LOSSES].sort());
  });
});

/** What stands before the colon in the names of the tests beside this one. */
function namedInTests(): string[] {
  return readdirSync(__dirname)
    .filter((name) => /^defects-.*\.test\.ts$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(path.join(__dirname, name), 'utf8');
      return [...text.matchAll(/\bit\('((?:[SLFP]-\d+(?:, )?)+):/g)];
    })
    .flatMap(([, ids = '']) => ids.split(', '));
}
