import {readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';

/** What a faithful simulator must do, point by point: so many things. */
const ROWS = 40;

/** Titles of tests that name the row of the checklist they prove. */
const TITLE = /(?:\bit\(|\]\)\(|\bas const\)\(|^)\s*['`]row (\d+): /gm;

function rowsIn(path: string): readonly number[] {
  return [...readFileSync(path, 'utf8').matchAll(TITLE)].map(([, row]) => Number(row));
}

describe('checklist', () => {
  it('has at least one test for each of its rows, and no others', () => {
    const files = readdirSync(__dirname, {recursive: true, encoding: 'utf8'}).filter(
      (file) => file.endsWith('.test.ts') && file !== basename(__filename),
    );

    const proved = new Set(files.flatMap((file) => rowsIn(join(__dirname, file))));

    expect([...proved].toSorted((a, b) => a - b)).toEqual(
      Array.from({length: ROWS}, (_, index) => index + 1),
    );
  });
});
