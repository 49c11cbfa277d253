import fc from 'fast-check';

import type {PiTimestamp} from './pi-timestamp';
import {type PointId, pointKey} from './point-set';
import {encodeTimeseriesState} from './state-codec';
import {
  ALL,
  began,
  done,
  failure,
  GROUP_SIZE,
  hour,
  outcomes,
  POINTS,
} from './small-plant.stand-in';
import {
  advanceGroup,
  advanceLaggards,
  groupPoints,
  type GroupOutcome,
  type TimeseriesState,
} from './timeseries-state';

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
