import fc from 'fast-check';

import {fromEpochMs, type PiTimestamp} from '../sync/pi-timestamp';
import type {KnownFrame} from './event-frames-known';
import {
  advanceFrames,
  beginSync,
  MAX_CLOSED,
  MAX_OPEN,
  nextStretches,
  type BeginRules,
  type FramesOutcome,
  type FramesState,
} from './event-frames-state';

const START_MS = Date.parse('2026-03-01T00:00:00Z');
const DAY_MS = 86_400_000;
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
              state = advanceFrames(state, {...outcome(from, to), frames, crowded}, 0);
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
      fromEpochMs(START_MS + 10 * DAY_MS),
      4,
    );

    const state = advanceFrames(begun(), outcome(second!.from, second!.to), 0);

    expect(state.get(DATABASE)?.watermark).toBe(first!.from);
  });
});

describe('advanceFrames', () => {
  it('holds the next sync back where open frames find no room in the state', () => {
    const known = Array.from({length: MAX_OPEN + 3}, (_, index) =>
      frame(index, index, undefined),
    );

    const after = advanceFrames(begun(), {...outcomeAt(0, 9000), known}, 0);

    const progress = after.get(DATABASE)!;
    expect(progress.known).toHaveLength(MAX_OPEN);
    expect(progress.watermark).toBe(at(9000));
    const next = beginSync(after, rules()).get(DATABASE)!;
    expect(next.watermark).toBe(known[MAX_OPEN]?.start);
    expect(next.known).toHaveLength(MAX_OPEN);
  });

  it('remembers as many ended frames as there is room, the latest ones', () => {
    const known = Array.from({length: MAX_CLOSED + 5}, (_, index) =>
      frame(index, index, 10_000 + index),
    );

    const after = advanceFrames(begun(), {...outcomeAt(0, 30_000), known}, DAY_MS);

    const progress = after.get(DATABASE)!;
    expect(progress.known).toHaveLength(MAX_CLOSED);
    expect(progress.forgottenUntil).toBe(at(10_004));
    expect(progress.heldBack).toBeUndefined();
  });

  it('remembers nothing that the lookback will not reach', () => {
    const known = [frame(1, 10, 20), frame(2, 10, 50), frame(3, 10, undefined)];

    const after = advanceFrames(begun(), {...outcomeAt(0, 100), known}, 60_000);

    expect(after.get(DATABASE)?.known.map(({id}) => id)).toEqual(['3', '2']);
  });

  it('puts what a slice has met in the place of what it was to meet', () => {
    const known = [frame(1, 10, undefined), frame(2, 10, undefined)];
    const state = advanceFrames(begun(), {...outcomeAt(0, 100), known}, 0);
    const next = beginSync(state, rules());
    const met = [frame(2, 10, undefined)];
    const read = {...outcomeAt(100, 200), first: true, known: met};

    const after = advanceFrames(next, read, 0);

    expect(after.get(DATABASE)?.known.map(({id}) => id)).toEqual(['2']);
  });
});

describe('beginSync', () => {
  it('reads a new database from the start', () => {
    expect(begun().get(DATABASE)?.watermark).toBe(at(0));
  });

  it('goes back by the lookback, never behind the start', () => {
    const state = advanceFrames(begun(), outcomeAt(0, 60), 0);

    const near = beginSync(state, rules({lookbackMs: 20_000}));
    const far = beginSync(state, rules({lookbackMs: 999_000}));

    expect(near.get(DATABASE)?.watermark).toBe(at(40));
    expect(far.get(DATABASE)?.watermark).toBe(at(0));
  });

  it('goes back once, however often a sync is broken off while it reads again', () => {
    let state = advanceFrames(begun(), outcomeAt(0, 3600), 0);

    for (const seconds of [10, 20, 30]) {
      const begin = beginSync(state, rules({lookbackMs: 60_000}));
      expect(begin.get(DATABASE)?.watermark).toBe(at(3540));
      state = advanceFrames(begin, outcomeAt(3540, 3540 + seconds), 0);
    }
  });

  it('keeps the place of a database that is not selected at the moment', () => {
    const state = advanceFrames(begun(), outcomeAt(0, 60), 0);

    const without = beginSync(state, {...rules(), scopes: new Map()});

    expect(without.get(DATABASE)?.watermark).toBe(at(60));
  });

  it.each([
    ['an earlier start', -10, ['A', 'B']],
    ['another template', 0, ['A', 'B', 'C']],
    ['no filter any more', 0, undefined],
  ])('reads from the start where the settings want more: %s', (_, since, templates) => {
    const before = beginSync(new Map(), rules({templates: ['A', 'B']}));
    const state = advanceFrames(before, outcomeAt(0, 60), 0);

    const more = beginSync(state, rules({since: at(since), templates}));

    expect(more.get(DATABASE)?.watermark).toBe(at(since));
  });

  it.each([
    ['a later start', 10, ['A', 'B']],
    ['fewer templates', 0, ['B']],
  ])('reads on where the settings want less: %s', (_, since, templates) => {
    const before = beginSync(new Map(), rules({templates: ['A', 'B']}));
    const state = advanceFrames(before, outcomeAt(0, 60), 0);

    const less = beginSync(state, rules({since: at(since), templates}));

    expect(less.get(DATABASE)?.watermark).toBe(at(60));
  });
});

interface Rules {
  readonly lookbackMs?: number;
  readonly since?: PiTimestamp;
  readonly templates?: readonly string[] | undefined;
}

function rules({lookbackMs = 0, since = at(0), templates}: Rules = {}): BeginRules {
  const scopes = new Map([[DATABASE, {since, templates}]]);
  return {scopes, lookbackMs, end: at(40_000_000)};
}

function begun(): FramesState {
  return beginSync(new Map(), rules());
}

function at(seconds: number): PiTimestamp {
  return fromEpochMs(START_MS + seconds * 1000);
}

function frame(index: number, from: number, to: number | undefined): KnownFrame {
  const end = to === undefined ? undefined : at(to);
  return {id: String(index), webId: `I1Fm${index}`, start: at(from), end};
}

function outcomeAt(from: number, to: number): FramesOutcome {
  return outcome(at(from), at(to));
}

function outcome(from: PiTimestamp, to: PiTimestamp): FramesOutcome {
  const nothing = {known: [], frames: 0, deleted: 0, crowded: false};
  return {databaseId: DATABASE, from, to, first: false, ...nothing};
}

function shuffled<T>(items: readonly T[], orders: Iterator<number>): T[] {
  const keyed = items.map((item) => ({item, key: Number(orders.next().value)}));
  return keyed.sort((a, b) => a.key - b.key).map(({item}) => item);
}
