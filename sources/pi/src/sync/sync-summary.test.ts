import {floatPoint} from './float-point.stand-in';
import type {PiPoint} from './pi-point';
import {fromEpochMs} from './pi-timestamp';
import {PointSet} from './point-set';
import {SyncAccount} from './sync-account';
import {type SyncFacts, syncSummary} from './sync-summary';
import {NEW_STATE} from './timeseries-state';

const END = fromEpochMs(Date.UTC(2026, 2, 1, 6));

describe('syncSummary', () => {
  it('tells of points, events, requests, waits and the slowest points', () => {
    const account = new SyncAccount();
    const points = [1, 2, 3].map(point);
    const laggard = {
      ...{cursor: END, since: END, retryAt: END},
      ...{delivered: 0, failures: 1, reason: '403'},
    };
    account.beginning = {now: END, end: END, points, state: NEW_STATE};
    account.state = {
      ...NEW_STATE,
      main: {
        watermark: END,
        points: PointSet.of(points.slice(0, 1)),
        widthMs: 1000,
        window: undefined,
      },
      laggards: new Map([['s/2', laggard]]),
    };
    account.events = 12;

    expect(syncSummary(facts(account))).toBe(
      'Sync ended: points: 1 healthy, 1 late, 1 failed; 12 events; audited windows: ' +
        '5 equal, 1 differ, 2 not counted, by 3 requests; slowest points: TI-2 12.3 s, ' +
        'gone 0.5 s; 40 requests, 1.2 MB received; waited 3.0 s because PI asked for it ' +
        'and 0.1 s for the rate limit of the settings.',
    );
  });

  it('tells of requests alone where timeseries was not read', () => {
    expect(syncSummary(facts(new SyncAccount()))).toBe(
      'Sync ended: 40 requests, 1.2 MB received; waited 3.0 s because PI asked for it ' +
        'and 0.1 s for the rate limit of the settings.',
    );
  });
});

function facts(account: SyncAccount): SyncFacts {
  return {
    account,
    audit: {equal: 5, differs: 1, not_counted: 2},
    auditRequests: 3,
    requests: 40,
    receivedBytes: 1_234_567,
    serverWaitMs: 3000,
    ownWaitMs: 120,
    slowest: [
      ['W2', 12_345],
      ['gone', 500],
    ],
  };
}

function point(pointId: number): PiPoint {
  return {...floatPoint(pointId), name: `TI-${pointId}`};
}
