import fc from 'fast-check';

import {
  LIST_START,
  startIndexOf,
  turnList,
  type ListPosition,
  type ListTurn,
} from './list-page';

describe('turnList', () => {
  it('meets every item once, whatever the page size and however links are given', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string()),
        fc.integer({min: 2, max: 7}),
        fc.boolean(),
        (list, maxCount, withLinks) => {
          expect(readAll(() => list, {maxCount, withLinks})).toEqual(list);
        },
      ),
      {seed: 1},
    );
  });

  it('goes on after a short page that has a link to the next', () => {
    const turn = turnList(
      LIST_START,
      {items: ['a', 'b'], hasNext: true, maxCount: 1000},
      (id) => id,
    );

    expect(turn).toMatchObject({next: {index: 2, anchor: 'b'}});
  });

  it('loses nothing that stays when items are deleted between two pages', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), {minLength: 6, maxLength: 40}),
        fc.array(fc.nat(40), {maxLength: 3}),
        fc.integer({min: 2, max: 5}),
        (list, deletions, maxCount) => {
          let left = [...list];
          const pending = [...deletions];
          const read = readAll(
            () => {
              const page = left;
              const place = pending.shift();
              if (place !== undefined)
                left = left.filter((_, index) => index !== place);
              return page;
            },
            {maxCount, withLinks: false},
          );

          expect(left.every((item) => read.includes(item))).toBe(true);
        },
      ),
      {seed: 1},
    );
  });
});

interface Reading {
  readonly maxCount: number;
  readonly withLinks: boolean;
}

/** Reads a list as the client does: anew from the start when it has shifted. */
function readAll(
  list: () => readonly string[],
  {maxCount, withLinks}: Reading,
): readonly string[] {
  const read: string[] = [];
  let position: ListPosition | undefined = LIST_START;
  while (position !== undefined) {
    const all = list();
    const start = startIndexOf(position);
    const items = all.slice(start, start + maxCount);
    const hasNext = withLinks && items.length === maxCount;
    const answer = {items, hasNext, maxCount};
    const turn: ListTurn<string> = turnList(position, answer, (id) => id);
    if (turn.kind === 'page') read.push(...turn.fresh);
    position = turn.kind === 'page' ? turn.next : LIST_START;
  }
  return read;
}
