import fc from 'fast-check';

import {CommitLane} from './commit-lane';

fc.configureGlobal({seed: 1});

interface Load {
  readonly kind: string;
  readonly path: string;
  readonly stagesAfter: number;
}

describe('CommitLane', () => {
  it('commits every file once and in order, those of one kind together', async () => {
    const loads = fc.array(
      fc.record({
        kind: fc.constantFrom('a', 'a', 'a', 'b'),
        stagesAfter: fc.nat({max: 6}),
      }),
      {maxLength: 20},
    );
    await fc.assert(
      fc.asyncProperty(loads, async (drawn) => {
        const commits: {kind: string; paths: readonly string[]}[] = [];
        const lane = new CommitLane<string>(async (kind, paths) => {
          await turns(3);
          commits.push({kind, paths});
        });
        const all = drawn.map((load, i) => ({...load, path: `f${i}`}));

        await Promise.all(all.map((load) => lane.add(staged(load))));

        expect(commits.flatMap(({paths}) => paths)).toEqual(all.map(({path}) => path));
        for (const {kind, paths} of commits) {
          const kinds = paths.map(
            (path) => all.find((load) => load.path === path)?.kind,
          );
          expect(new Set(kinds)).toEqual(new Set([kind]));
        }
      }),
    );
  });

  it('takes what was staged meanwhile along in one statement', async () => {
    const commits: (readonly string[])[] = [];
    const lane = new CommitLane<string>(async (_, paths) => {
      commits.push(paths);
      await turns(5);
    });

    await Promise.all(
      ['f0', 'f1', 'f2'].map((path) =>
        lane.add(staged({kind: 'a', path, stagesAfter: 0})),
      ),
    );

    expect(commits).toEqual([['f0'], ['f1', 'f2']]);
  });

  it('commits nothing behind a load that failed, and says why', async () => {
    const commits: (readonly string[])[] = [];
    const lane = new CommitLane<string>((_, paths) => {
      commits.push(paths);
      return paths.includes('f1')
        ? Promise.reject(new RangeError('refused'))
        : Promise.resolve();
    });
    const add = (path: string): Promise<void> =>
      lane.add(staged({kind: path, path, stagesAfter: 0}));

    const ends = await Promise.allSettled([
      add('f0'),
      add('f1'),
      add('f2'),
      lane.inTurn(() => Promise.resolve('done')),
    ]);

    expect(ends.map(({status}) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
    ]);
    expect(commits).toEqual([['f0'], ['f1']]);
  });

  it('fails with a load that could not be staged', async () => {
    const lane = new CommitLane<string>(() => Promise.resolve());

    const lost = lane.add({
      kind: 'a',
      plan: 'a',
      staged: Promise.reject(new RangeError('no way to the volume')),
    });

    await expect(lost).rejects.toThrow('no way to the volume');
  });
});

function staged({kind, path, stagesAfter}: Load): {
  kind: string;
  plan: string;
  staged: Promise<string>;
} {
  return {kind, plan: kind, staged: turns(stagesAfter).then(() => path)};
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await Promise.resolve();
}
