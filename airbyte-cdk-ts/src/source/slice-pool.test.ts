import fc from 'fast-check';

import {SystemError} from '../errors';
import {readSlices} from './slice-pool';

fc.configureGlobal({seed: 1});

describe('readSlices', () => {
  it('reads every slice once, never more at once than allowed, in any order of ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.nat(20),
        fc.integer({min: 1, max: 5}),
        async (s, count, limit) => {
          let reading = 0;
          let mostReading = 0;
          const ends: number[] = [];
          const read = async (slice: number): Promise<number> => {
            reading += 1;
            mostReading = Math.max(mostReading, reading);
            await s.schedule(Promise.resolve());
            reading -= 1;
            ends.push(slice);
            return slice;
          };

          const outcomes = await s.waitFor(
            collect({slices: numbers(count), read, limit, signal: never()}),
          );

          expect(outcomes).toEqual(ends);
          expect([...outcomes].sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
          expect(mostReading).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });

  it('hands over what else was read before it throws the failure', async () => {
    const failure = new SystemError('Slice 1.');
    const later = gate();
    const outcomes: number[] = [];
    const read = async (slice: number): Promise<number> => {
      if (slice === 1) {
        later.open();
        throw failure;
      }
      await later.opened;
      return slice;
    };
    const all = collectInto(outcomes, {
      slices: numbers(9),
      read,
      limit: 3,
      signal: never(),
    });

    await expect(all).rejects.toBe(failure);
    expect(outcomes).toEqual([0]);
  });

  it('throws what the planner threw, after what was under way', async () => {
    const failure = new SystemError('No plan.');
    const outcomes: number[] = [];
    const slices = (async function* () {
      yield 0;
      await Promise.resolve();
      throw failure;
    })();
    const read = (slice: number): Promise<number> => Promise.resolve(slice);

    await expect(
      collectInto(outcomes, {slices, read, limit: 2, signal: never()}),
    ).rejects.toBe(failure);
    expect(outcomes).toEqual([0]);
  });

  it('begins nothing after the signal, and lets the planner go', async () => {
    const controller = new AbortController();
    let isClosed = false;
    const slices = (async function* () {
      try {
        for (let slice = 0; ; slice += 1) yield await Promise.resolve(slice);
      } finally {
        isClosed = true;
      }
    })();
    const read = (slice: number): Promise<number> => {
      if (slice === 3) controller.abort();
      return Promise.resolve(slice);
    };

    const outcomes = await collect({slices, read, limit: 1, signal: controller.signal});

    expect(outcomes).toEqual([0, 1, 2, 3]);
    expect(isClosed).toBe(true);
  });

  it('leaves nothing running behind when its reader turns away', async () => {
    let reading = 0;
    const held = gate();
    const read = async (slice: number): Promise<number> => {
      reading += 1;
      if (slice > 0) await held.opened;
      reading -= 1;
      return slice;
    };
    const outcomes = readSlices({slices: numbers(5), read, limit: 3, signal: never()});
    await outcomes.next();

    const turned = outcomes.return(undefined);
    held.open();
    await turned;

    expect(reading).toBe(0);
  });
});

type Options = Parameters<typeof readSlices<number, number>>[0];

async function collect(options: Options): Promise<readonly number[]> {
  const outcomes: number[] = [];
  await collectInto(outcomes, options);
  return outcomes;
}

async function collectInto(outcomes: number[], options: Options): Promise<void> {
  for await (const outcome of readSlices(options)) outcomes.push(outcome);
}

async function* numbers(count: number): AsyncGenerator<number> {
  for (let slice = 0; slice < count; slice += 1) yield await Promise.resolve(slice);
}

function never(): AbortSignal {
  return new AbortController().signal;
}

function gate(): {opened: Promise<void>; open: () => void} {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {opened, open};
}
