import {readFileSync} from 'node:fs';
import path from 'node:path';

import {HARD_CASES} from '../story/hard-cases';
import {MUTATIONS} from './list';

const ROOT = path.join(__dirname, '../../../..');

describe('the list of mutations', () => {
  it.each(MUTATIONS)('finds exactly once what it is to break: $name', ({edits}) => {
    const counts = edits.map(({file, find}) => {
      const source = readFileSync(path.join(ROOT, file), 'utf8');
      return source.split(find).length - 1;
    });

    expect(counts).toEqual(edits.map(() => 1));
  });

  it('names hard cases that exist', () => {
    const named = MUTATIONS.flatMap(({cases = []}) => cases);

    expect(named.filter((name) => !HARD_CASES.has(name))).toEqual([]);
  });
});
