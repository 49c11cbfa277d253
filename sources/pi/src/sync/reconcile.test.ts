import fc from 'fast-check';

import {PointSet} from './point-set';
import {reconcile} from './reconcile';
import {
  ALL,
  began,
  done,
  failure,
  hour,
  HOUR_MS,
  outcomes,
  POINTS,
} from './small-plant.stand-in';
import {advanceGroup, NEW_STATE} from './timeseries-state';

describe('reconcile', () => {
  const quiet = {selected: ALL, start: hour(0), lookbackMs: 0, isBeginning: true};

  it('begins with all points at the start', () => {
    expect(reconcile(NEW_STATE, quiet).main).toMatchObject({
      watermark: hour(0),
      points: ALL,
    });
  });

  it('leaves a state alone that fits', () => {
    const state = began();

    expect(reconcile(state, quiet)).toBe(state);
  });

  it('changes nothing when it is asked twice', () => {
    fc.assert(
      fc.property(
        outcomes(),
        fc.subarray(POINTS),
        fc.nat({max: 3}),
        (all, some, hours) => {
          const selected = PointSet.of([...some, {serverId: 'c', pointId: 7}]);
          const lookbackMs = hours * HOUR_MS;
          const start = hour(0);
          const circumstances = {selected, start, lookbackMs, isBeginning: true};
          const once = reconcile(all.reduce(advanceGroup, began()), circumstances);

          expect(reconcile(once, {...circumstances, isBeginning: false})).toBe(once);
        },
      ),
    );
  });

  it('lets new points read their history apart from the others', () => {
    const fewer = ALL.filter(({pointId}) => pointId < 108);
    const at = {
      ...began(),
      main: {...began().main!, points: fewer, watermark: hour(5)},
    };
    const state = reconcile(at, quiet);

    expect(state.main).toBe(at.main);
    expect(state.joining).toMatchObject({watermark: hour(0)});
    expect(state.joining?.points.slice(0, 9)).toEqual(POINTS.slice(8));
  });

  it('joins points that have come as far as the others', () => {
    const main = {...began().main!, points: PointSet.of(POINTS.slice(0, 8))};
    const joining = {...began().main!, points: PointSet.of(POINTS.slice(8))};
    const state = reconcile({...began(), main, joining}, quiet);

    expect(state.joining).toBeUndefined();
    expect(state.main?.points.slice(0, 99)).toEqual(ALL.slice(0, 99));
  });

  it('forgets points that are not selected any more, and the window they stood in', () => {
    const open = advanceGroup(began(), {
      ...done(0),
      failures: [failure(POINTS[0]!, 1)],
    });
    const selected = PointSet.of(POINTS.slice(2));
    const state = reconcile(open, {...quiet, selected});

    expect(state.main).toMatchObject({watermark: hour(0), window: undefined});
    expect(state.main?.points.size).toBe(8);
    expect(state.laggards.size).toBe(0);
  });

  it('steps back for a lookback once, however often a sync is cut short', () => {
    const at = {...began(), main: {...began().main!, watermark: hour(9)}};
    const again = {...quiet, lookbackMs: 4 * HOUR_MS};
    const first = reconcile(at, again);
    const second = reconcile(first, again);

    expect(first).toMatchObject({main: {watermark: hour(5)}, rereadUntil: hour(9)});
    expect(second).toBe(first);
  });

  it('does not look back behind the start', () => {
    const at = {...began(), main: {...began().main!, watermark: hour(2)}};
    const state = reconcile(at, {...quiet, lookbackMs: 4 * HOUR_MS});

    expect(state.main?.watermark).toBe(hour(0));
  });
});
