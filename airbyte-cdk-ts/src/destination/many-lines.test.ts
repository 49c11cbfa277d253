import fc from 'fast-check';

import {Lake, type LakeOptions} from '../testing/lake';
import {complete, record, state} from '../testing/lines';
import {run, type Run} from '../testing/write-run';

/** What the input may hold. */
const PIECES: readonly ((n: number) => string)[] = [
  (n) => record('a', n),
  (n) => record('a', n).repeat(3),
  (n) => record('a', n).replace('\n', '\r\n'),
  (n) => record('a', n).replace('{', '{ '),
  (n) => record('b', n),
  (n) => state('a', n, 0),
  () => '\n',
  () => 'a line of text\n',
];

describe('lines taken many at once', () => {
  it('are stored, flushed and acknowledged as single ones are', async () => {
    const piece = fc.constantFrom(...PIECES);
    const sizes = fc.integer({min: 1, max: 700});
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, {maxLength: 30}),
        fc.record({
          chunkBytes: sizes,
          roomBytes: fc.integer({min: 0, max: 700}),
        }),
        sizes,
        async (pieces, {chunkBytes, roomBytes}, flushBytes) => {
          const lines = pieces.map((make, n) => make(n));
          const all = [...lines, complete('a'), complete('b')];
          const limits = {flushBytes};

          const singly = await run(all, {lake: laneOf(false), limits, chunkBytes});
          const many = {lake: laneOf(true), limits, chunkBytes, roomBytes};
          const manyAtOnce = await run(all, many);

          expect(outcome(manyAtOnce)).toEqual(outcome(singly));
        },
      ),
      {seed: 8, numRuns: 300},
    );
  });

  it('are offered from the second line of a chunk on', async () => {
    const lake = laneOf(true);

    await run([record('a', 1), record('a', 2).repeat(5)], {lake, chunkBytes: 10_000});

    expect(lake.fast).toEqual([2, 2, 2, 2, 2]);
  });

  it('fail their stream with what the writer throws, and leave the others', async () => {
    const lake = laneOf(true, {failsAt: 'record a'});
    const lines = [record('b', 1), record('a', 1), record('a', 2), record('b', 2)];

    const {errors, isDone} = await run([...lines, complete('a'), complete('b')], {
      lake,
    });

    expect(errors).toEqual(['a system_error record a']);
    expect(lake.rows('b')).toEqual([1, 2]);
    expect(isDone).toBe(false);
  });
});

function laneOf(takesRuns: boolean, options: LakeOptions = {}): Lake {
  return new Lake({hasFastLane: true, takesRuns, ...options});
}

function outcome({lake, states, errors, warnings, isDone}: Run): unknown {
  return {told: lake.told, states, errors, warnings, isDone};
}
