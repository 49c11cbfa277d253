import {fromEpochMs} from './pi-timestamp';
import {PointSet} from './point-set';
import {PointStandings} from './point-standing';
import {NEW_STATE, type Front, type TimeseriesState} from './timeseries-state';

const at = (hour: number): Front['watermark'] =>
  fromEpochMs(Date.UTC(2026, 2, 1, hour));

const A = {serverId: 's', pointId: 1};
const B = {serverId: 's', pointId: 2};
const C = {serverId: 's', pointId: 3};

describe('PointStandings', () => {
  it('knows nothing of points where timeseries was not read', () => {
    const standings = new PointStandings({beginning: undefined, state: undefined});

    expect(standings.of(A)).toMatchObject({
      state: 'not_read',
      completeUntil: undefined,
    });
  });

  it('calls nobody new in a first sync', () => {
    const standings = standingsOf(NEW_STATE, {main: front(6, [A, B])});

    expect(standings.of(A)).toMatchObject({state: 'healthy', completeUntil: at(6)});
    expect(standings.of(C)).toMatchObject({state: 'late', completeUntil: undefined});
  });

  it('tells new, joining and lagging points from the rest, each with its own cursor', () => {
    const before = {...NEW_STATE, main: front(4, [A, B])};
    const laggard = {
      cursor: at(4),
      delivered: 0,
      since: at(4),
      failures: 1,
      retryAt: at(5),
      reason: '403',
    };
    const standings = standingsOf(before, {
      main: front(6, [A]),
      joining: front(2, [C]),
      laggards: new Map([['s/2', laggard]]),
    });

    expect(standings.of(A)).toMatchObject({state: 'healthy', completeUntil: at(6)});
    expect(standings.of(B)).toEqual({
      state: 'quarantined',
      completeUntil: at(4),
      laggard,
    });
    expect(standings.of(C)).toMatchObject({state: 'new', completeUntil: at(2)});
  });

  it('calls late what the sync did not reach', () => {
    const before = {...NEW_STATE, main: front(4, [A])};
    const standings = standingsOf(before, {main: front(5, [A])});

    expect(standings.of(A)).toMatchObject({state: 'late', completeUntil: at(5)});
  });

  it('does not take back what a lookback reads again', () => {
    const before = {...NEW_STATE, main: front(6, [A])};
    const standings = standingsOf(before, {main: front(3, [A]), rereadUntil: at(6)});

    expect(standings.of(A)).toMatchObject({state: 'healthy', completeUntil: at(6)});
  });
});

function front(hour: number, points: readonly (typeof A)[]): Front {
  return {
    watermark: at(hour),
    points: PointSet.of(points),
    widthMs: 1000,
    window: undefined,
  };
}

function standingsOf(
  before: TimeseriesState,
  after: Partial<TimeseriesState>,
): PointStandings {
  const beginning = {now: at(6), end: at(6), points: [], state: before};
  return new PointStandings({beginning, state: {...NEW_STATE, ...after}});
}
