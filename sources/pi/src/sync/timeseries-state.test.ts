import fc from 'fast-check';

import type {PointFailure} from './laggards';
import {fromEpochMs, type PiTimestamp} from './pi-timestamp';
import {type PointId, pointKey, PointSet} from './point-set';
import {reconcile} from './reconcile';
import {encodeTimeseriesState} from './state-codec';
import {
  advanceGroup,
  advanceLaggards,
  groupPoints,
  type GroupOutcome,
  NEW_STATE,
  type TimeseriesState,
} from './timeseries-state';

const POINTS = Array.from({length: 10}, (_, at) => ({
  serverId: at < 4 ? 'a' : 'b',
  pointId: 100 + at,
}));
const ALL = PointSet.of(POINTS);
const GROUP_SIZE = 3;
const HOUR_MS = 3_600_000;

describe('advanceGroup', () => {
  it('comes to the same state in whatever order the groups end', () => {
    fc.assert(
      fc.property(outcomes(), fc.infiniteStream(fc.nat()), (all, order) => {
        const begun = began();
        const inOrder = all.reduce(advanceGroup, begun);
        const inDisorder = shuffled(all, order).reduce(advanceGroup, begun);

        expect(encodeTimeseriesState(inDisorder)).toEqual(
          encodeTimeseriesState(inOrder),
        );
      }),
    );
  });

  it('never claims of a point what was not delivered of it', () => {
    fc.assert(
      fc.property(outcomes(), fc.infiniteStream(fc.nat()), (all, order) => {
        const delivered = new Map(POINTS.map((point) => [pointKey(point), hour(0)]));
        let state = began();
        for (const outcome of shuffled(all, order)) {
          for (const point of groupPoints(state, state.main!, groupOf(outcome))) {
            delivered.set(pointKey(point), outcome.reached);
          }
          for (const {key, cursor} of outcome.failures) delivered.set(key, cursor);
          state = advanceGroup(state, outcome);

          for (const point of POINTS) {
            const key = pointKey(point);

            expect(claimed(state, point) <= delivered.get(key)!).toBe(true);
          }
        }
      }),
    );
  });

  it('moves the watermark when the last group has come to the end', () => {
    const all = [0, 1, 2, 3].map((group) => done(group));
    const state = all.reduce(advanceGroup, began());

    expect(state.main).toMatchObject({watermark: hour(10), window: undefined});
    expect(state.main?.points).toBe(ALL);
  });

  it('takes failing points out of the rest when the window ends', () => {
    const failed = {...done(1), failures: [failure(POINTS[4]!, 3)]};
    const open = advanceGroup(began(), failed);
    const state = [0, 2, 3].map((group) => done(group)).reduce(advanceGroup, open);

    expect(open.main?.points).toBe(ALL);
    expect(state.main?.points.has(POINTS[4]!)).toBe(false);
    expect(state.main?.points.size).toBe(9);
    expect(state.laggards.get('b/104')).toMatchObject({cursor: hour(3), failures: 1});
  });
});

describe('groupPoints', () => {
  it('leaves out points that stand at a cursor of their own', () => {
    const failed = {...done(1), reached: hour(4), failures: [failure(POINTS[4]!, 3)]};
    const state = advanceGroup(began(), failed);
    const group = {index: 1, size: GROUP_SIZE};

    expect(groupPoints(state, state.main!, group)).toEqual([POINTS[3], POINTS[5]]);
  });
});

describe('advanceLaggards', () => {
  const lagging = {
    ...began(),
    main: {...began().main!, points: ALL.filter(({pointId}) => pointId !== 104)},
    laggards: new Map([['b/104', laggard(3)]]),
  };

  it('lets a point that has caught up be one of the rest', () => {
    const at = {...lagging, main: {...lagging.main, watermark: hour(10)}};
    const read = [{key: 'b/104', reached: hour(10)}];
    const state = advanceLaggards(at, {kind: 'laggards', read, failures: []});

    expect(state.laggards.size).toBe(0);
    expect(encodeTimeseriesState(state)['points']).toEqual(
      encodeTimeseriesState({...began(), main: {...at.main, points: ALL}})['points'],
    );
  });

  it('keeps the progress of a point that has not caught up yet', () => {
    const at = {...lagging, main: {...lagging.main, watermark: hour(10)}};
    const read = [{key: 'b/104', reached: hour(5)}];
    const state = advanceLaggards(at, {kind: 'laggards', read, failures: []});

    expect(state.laggards.get('b/104')).toMatchObject({cursor: hour(5), delivered: 0});
  });

  it('counts another failure', () => {
    const failures = [failure(POINTS[4]!, 4)];
    const state = advanceLaggards(lagging, {kind: 'laggards', read: [], failures});

    expect(state.laggards.get('b/104')).toMatchObject({cursor: hour(4), failures: 2});
  });
});

function began(): TimeseriesState {
  return reconcile(NEW_STATE, {
    selected: ALL,
    start: hour(0),
    lookbackMs: 0,
    isBeginning: true,
  });
}

function hour(at: number): PiTimestamp {
  return fromEpochMs(Date.UTC(2026, 2, 1) + at * HOUR_MS);
}

function done(group: number): GroupOutcome {
  return {
    kind: 'group',
    front: 'main',
    window: {end: hour(10), groupSize: GROUP_SIZE},
    group,
    reached: hour(10),
    events: 5,
    failures: [],
    held: [],
    targetEvents: 100,
  };
}

function failure(point: PointId, cursor: number): PointFailure {
  return {
    key: pointKey(point),
    cursor: hour(cursor),
    delivered: 1,
    reason: '404',
    lasting: true,
    at: hour(20),
  };
}

function laggard(cursor: number) {
  return {
    cursor: hour(cursor),
    delivered: 1,
    since: hour(20),
    failures: 1,
    retryAt: hour(20),
    reason: '404',
  };
}

/** One round: at most one outcome a group, some of them short of the end. */
function outcomes(): fc.Arbitrary<GroupOutcome[]> {
  const one = fc.record({
    group: fc.nat({max: 3}),
    reached: fc.constantFrom(10, 10, 10, 4),
    events: fc.nat({max: 1000}),
    failing: fc.subarray([0, 1, 2]),
    cursor: fc.nat({max: 3}),
  });
  return fc.uniqueArray(one, {selector: ({group}) => group}).map((all) =>
    all.map(({group, reached, events, failing, cursor}) => ({
      ...done(group),
      reached: hour(reached),
      events,
      failures: failing.flatMap((at) => {
        const point = POINTS[group * GROUP_SIZE + at];
        return point === undefined ? [] : [failure(point, cursor)];
      }),
    })),
  );
}

function shuffled<Item>(items: readonly Item[], order: fc.Stream<number>): Item[] {
  const left = [...items];
  const result: Item[] = [];
  for (const at of order) {
    if (left.length === 0) break;
    result.push(...left.splice(at % left.length, 1));
  }
  return result;
}

function groupOf({group}: GroupOutcome) {
  return {index: group, size: GROUP_SIZE};
}

/** Up to where a state says that a point is delivered. */
function claimed(state: TimeseriesState, point: PointId): PiTimestamp {
  const lagging = state.laggards.get(pointKey(point));
  if (lagging !== undefined) return lagging.cursor;
  const {main} = state;
  const position = POINTS.indexOf(point);
  const group = Math.floor(position / GROUP_SIZE);
  return main?.window?.reached.get(group) ?? main!.watermark;
}
