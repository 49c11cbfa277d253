import fc from 'fast-check';

import {fromEpochMs, type PiTimestamp} from '../sync/pi-timestamp';
import {
  advanceFrames,
  beginSync,
  FIRST_WIDTH_MS,
  nextStretches,
  type FramesOutcome,
  type FramesState,
} from './event-frames-state';

const START_MS = Date.parse('2026-03-01T00:00:00Z');
const DATABASE = 'db';

describe('nextStretches and advanceFrames', () => {
  it('cover the time without gap or overlap, in whatever order slices end', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 40_000_000}),
        fc.infiniteStream(fc.nat(1000)),
        fc.infiniteStream(fc.nat(500)),
        (seconds, orders, counts) => {
          const end = fromEpochMs(START_MS + seconds * 1000);
          const read: [PiTimestamp, PiTimestamp][] = [];
          let state = begun();
          for (let round = 0; round < 10_000; round++) {
            const stretches = nextStretches(state.get(DATABASE)!, end, 4);
            if (stretches.length === 0) break;
            for (const {from, to} of shuffled(stretches, orders)) {
              read.push([from, to]);
              const frames = counts.next().value;
              const crowded = frames > 400;
              state = advanceFrames(state, {...outcome(from, to), frames, crowded});
            }
          }

          const sorted = read.sort(([a], [b]) => (a < b ? -1 : 1));
          expect(sorted[0]?.[0]).toBe(fromEpochMs(START_MS));
          expect(sorted.at(-1)?.[1]).toBe(end);
          for (const [index, [from]] of sorted.slice(1).entries()) {
            expect(sorted[index]?.[1]).toBe(from);
          }
          expect(state.get(DATABASE)).toMatchObject({watermark: end, ahead: []});
        },
      ),
      {seed: 1},
    );
  });

  it('never moves the watermark over a stretch that was not read', () => {
    const [first, second] = nextStretches(
      begun().get(DATABASE)!,
      fromEpochMs(START_MS + 10 * FIRST_WIDTH_MS),
      4,
    );

    const state = advanceFrames(begun(), outcome(second!.from, second!.to));

    expect(state.get(DATABASE)?.watermark).toBe(first!.from);
  });
});

describe('advanceFrames', () => {
  it('holds the next sync back where open frames find no room in the state', () => {
    const open = Array.from({length: 4003}, (_, index) => ({
      webId: `I1Fm${index}`,
      start: fromEpochMs(START_MS + index * 1000),
    }));
    const read = {
      ...outcome(fromEpochMs(START_MS), fromEpochMs(START_MS + 9e6)),
      open,
    };

    const after = advanceFrames(begun(), read);

    const progress = after.get(DATABASE)!;
    expect(progress.open).toHaveLength(4000);
    expect(progress.watermark).toBe(read.to);
    const next = beginSync(after, rules()).get(DATABASE)!;
    expect(next.watermark).toBe(open[4000]?.start);
    expect(next.open).toHaveLength(4000);
  });
});

describe('beginSync', () => {
  it('reads a new database from the start', () => {
    expect(begun().get(DATABASE)?.watermark).toBe(fromEpochMs(START_MS));
  });

  it('goes back by the lookback, never behind the start', () => {
    const at = advanceFrames(
      begun(),
      outcome(fromEpochMs(START_MS), fromEpochMs(START_MS + 60_000)),
    );

    const near = beginSync(at, {...rules(), lookbackMs: 20_000});
    const far = beginSync(at, {...rules(), lookbackMs: 999_000});

    expect(near.get(DATABASE)?.watermark).toBe(fromEpochMs(START_MS + 40_000));
    expect(far.get(DATABASE)?.watermark).toBe(fromEpochMs(START_MS));
  });

  it('keeps the place of a database that is not selected at the moment', () => {
    const at = advanceFrames(
      begun(),
      outcome(fromEpochMs(START_MS), fromEpochMs(START_MS + 60_000)),
    );

    const without = beginSync(at, {...rules(), databaseIds: ['other']});

    expect(without.get(DATABASE)?.watermark).toBe(fromEpochMs(START_MS + 60_000));
  });
});

function rules(): Parameters<typeof beginSync>[1] {
  return {databaseIds: [DATABASE], start: fromEpochMs(START_MS), lookbackMs: 0};
}

function begun(): FramesState {
  return beginSync(new Map(), rules());
}

function outcome(from: PiTimestamp, to: PiTimestamp): FramesOutcome {
  const nothing = {open: [], frames: 0, crowded: false};
  return {databaseId: DATABASE, from, to, first: false, ...nothing};
}

function shuffled<T>(items: readonly T[], orders: Iterator<number>): T[] {
  const keyed = items.map((item) => ({item, key: Number(orders.next().value)}));
  return keyed.sort((a, b) => a.key - b.key).map(({item}) => item);
}
