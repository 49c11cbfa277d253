import fc from 'fast-check';

import type {PointFailure} from './laggards';
import {fromEpochMs, type PiTimestamp} from './pi-timestamp';
import {type PointId, pointKey, PointSet} from './point-set';
import {reconcile} from './reconcile';
import {type GroupOutcome, NEW_STATE, type TimeseriesState} from './timeseries-state';

export const POINTS = Array.from({length: 10}, (_, at) => ({
  serverId: at < 4 ? 'a' : 'b',
  pointId: 100 + at,
}));
export const ALL = PointSet.of(POINTS);
export const GROUP_SIZE = 3;
export const HOUR_MS = 3_600_000;

export function began(): TimeseriesState {
  return reconcile(NEW_STATE, {
    selected: ALL,
    start: hour(0),
    lookbackMs: 0,
    isBeginning: true,
  });
}

export function hour(at: number): PiTimestamp {
  return fromEpochMs(Date.UTC(2026, 2, 1) + at * HOUR_MS);
}

export function done(group: number): GroupOutcome {
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

export function failure(point: PointId, cursor: number): PointFailure {
  return {
    key: pointKey(point),
    cursor: hour(cursor),
    delivered: 1,
    reason: '404',
    lasting: true,
    at: hour(20),
  };
}

/** One round: at most one outcome a group, some of them short of the end. */
export function outcomes(): fc.Arbitrary<GroupOutcome[]> {
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
