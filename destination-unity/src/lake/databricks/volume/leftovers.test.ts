import fc from 'fast-check';

import {leftovers} from './leftovers';
import {stagedName} from './staged-names';

const NOW_MS = Date.UTC(2026, 2, 10);
const DAY_MS = 24 * 3600 * 1000;
const RUN = {startedMs: NOW_MS, id: '0a1b2c3d'};
const DEAD = {startedMs: NOW_MS - 9 * DAY_MS, id: 'ffffffff'};

describe('leftovers', () => {
  it.each([
    ['a number', NOW_MS - DAY_MS - 1],
    ['a big number', BigInt(NOW_MS - DAY_MS - 1)],
    ['digits', String(NOW_MS - DAY_MS - 1)],
    ['a date', new Date(NOW_MS - DAY_MS - 1)],
    ['text without a zone', '2026-03-08 23:59:59.999'],
    ['text with a zone', '2026-03-09T00:59:59.999+01:00'],
  ])('finds the file of a dead run by %s', (_form, modified) => {
    const row = rowOf(stagedName(DEAD, 't', 1), modified);

    expect(leftovers([row], {run: RUN, nowMs: NOW_MS})).toEqual([row.path]);
  });

  it.each([
    ['younger than a day', rowOf(stagedName(DEAD, 't', 1), NOW_MS - DAY_MS)],
    ['of this run', rowOf(stagedName(RUN, 't', 1), 0)],
    ['of somebody else', rowOf('prices.parquet', 0)],
    ['of unknown age', rowOf(stagedName(DEAD, 't', 1), null)],
    ['of unreadable age', rowOf(stagedName(DEAD, 't', 1), 'long ago')],
  ])('leaves a file that is %s', (_why, row) => {
    expect(leftovers([row], {run: RUN, nowMs: NOW_MS})).toEqual([]);
  });

  it('gives the path without a scheme', () => {
    const row = rowOf(stagedName(DEAD, 't', 1), 0);
    const listed = {...row, path: `dbfs:${row.path}`};

    expect(leftovers([listed], {run: RUN, nowMs: NOW_MS})).toEqual([row.path]);
  });

  it('never takes what is not named as ours, whatever is listed', () => {
    const rows = fc.array(
      fc.record({
        path: fc.string(),
        name: fc.string(),
        modification_time: fc.anything(),
      }),
    );

    fc.assert(
      fc.property(rows, (all) => {
        expect(leftovers(all, {run: RUN, nowMs: NOW_MS})).toEqual([]);
      }),
    );
  });
});

function rowOf(
  name: string,
  modified: unknown,
): {readonly path: string; readonly name: string; readonly modification_time: unknown} {
  return {path: `/Volumes/main/pi/staging/${name}`, name, modification_time: modified};
}
