import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

import {GOLDEN_STATEMENTS} from './golden.stand-in';

const FOLDER = path.join(__dirname, '../../../../../spec/destination-unity/sql');

describe('the statements for the warehouse', () => {
  it.each(Object.entries(GOLDEN_STATEMENTS))('%s', (name, sql) => {
    const text = readFileSync(path.join(FOLDER, `${name}.sql`), 'utf8');

    expect(`${sql}\n`).toBe(text);
  });

  it('are all that is kept', () => {
    const kept = readdirSync(FOLDER).map((file) => file.replace(/\.sql$/, ''));

    expect(kept.sort()).toEqual(Object.keys(GOLDEN_STATEMENTS).sort());
  });
});
