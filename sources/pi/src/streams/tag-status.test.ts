import type {JsonObject, Log} from 'airbyte-cdk-ts';

import type {LatestEvent} from '../client/latest-events';
import type {Laggard} from '../sync/laggards';
import {floatPoint} from '../sync/float-point.stand-in';
import type {PiPoint} from '../sync/pi-point';
import {fromEpochMs, type PiTimestamp} from '../sync/pi-timestamp';
import {PointSet} from '../sync/point-set';
import {SyncAccount} from '../sync/sync-account';
import {NEW_STATE, type TimeseriesState} from '../sync/timeseries-state';
import {runStream, type StreamRun} from './stream-run.stand-in';
import {TagStatus} from './tag-status';

const SERVER = '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3';
const at = (hour: number): PiTimestamp => fromEpochMs(Date.UTC(2026, 2, 1, hour));

describe('tag_status', () => {
  it('has one row for each of 100,000 points, in a state of some bits a point', async () => {
    const stand = new Stand(plant(100_000));

    const {records, state} = await stand.run();

    expect(new Set(records.map(({tag_webid: webId}) => webId)).size).toBe(100_000);
    expect(new Set(records.map(({state: one}) => one))).toEqual(new Set(['healthy']));
    expect(stand.asked).toBe(100);
    expect(JSON.stringify(state).length).toBeLessThan(210_000);
  });

  it('keeps its state below 64 KB for 30,000 points', async () => {
    const {state} = await new Stand(plant(30_000)).run();

    expect(JSON.stringify(state).length).toBeLessThan(64_000);
  });

  it('asks PI only for points without an event in this sync, and not for failing ones', async () => {
    const points = plant(3);
    const stand = new Stand(points, {
      laggards: new Map([[`${SERVER}/2`, laggard('403')]]),
    });
    const [first] = points;
    stand.account.add([
      {
        ...{point: first!, from: at(5), to: at(8), notGood: 0, healed: false},
        ...{events: 4, last: at(7)},
      },
    ]);

    const {records} = await stand.run();

    expect(stand.askedPoints).toEqual(['TI-3']);
    expect(records).toMatchObject([
      {tag_name: 'TI-1', last_event: at(7), lag_seconds: 3600, events_this_sync: 4},
      {tag_name: 'TI-2', state: 'quarantined', next_retry: at(9), failures: 2},
      {tag_name: 'TI-3', last_event: at(2), lag_seconds: 21_600, events_this_sync: 0},
    ]);
    expect(records[1]).not.toHaveProperty('last_event');
  });

  it.each([
    ['403', 'PI answered 403. The account may not read this. Ask the PI administrator'],
    ['404', 'PI answered 404. PI does not know this object'],
    ['tie_overflow', 'larger MaxReturnedItemsPerCall'],
    ['server_away', 'The data server was away'],
    ['something_else', 'could not be read (something_else)'],
  ])('says in plain words what %s means', async (reason, text) => {
    const laggards = new Map([[`${SERVER}/1`, laggard(reason)]]);

    const {records} = await new Stand(plant(1), {laggards}).run();

    expect(records[0]?.['reason']).toContain(text);
  });

  it('notices renamed points once, and points that are gone', async () => {
    const {state: stored} = await new Stand(plant(3)).run();
    const [first, second] = plant(3);
    const renamed = [{...first!, name: 'TI-NEW'}, second!];

    const then = await new Stand(renamed).run({stored});
    const later = await new Stand(renamed).run({stored: then.state});

    expect(then.records).toMatchObject([
      {tag_name: 'TI-NEW', renamed: true},
      {tag_name: 'TI-2', renamed: false},
      {tag_webid: 'I1DPUk8afGA9jkuaJ1HgxNi28wAwAAAA', state: 'missing'},
    ]);
    expect(later.records).toMatchObject([{renamed: false}, {renamed: false}]);
    expect(later.records).toHaveLength(2);
  });

  it('notices them in the next sync too, where this one is killed', async () => {
    const {state: stored} = await new Stand(plant(3)).run();
    const [first] = plant(3);
    const renamed = [{...first!, name: 'TI-NEW'}];
    const killed = await new Stand(renamed).run({stored, slices: 1});

    const {records} = await new Stand(renamed).run({stored: killed.state});

    expect(records.filter(({renamed: is}) => is === true)).toHaveLength(1);
    expect(records.filter(({state}) => state === 'missing')).toHaveLength(2);
  });

  it('has a row for every name in the settings that no point has', async () => {
    const stand = new Stand(plant(1));
    stand.wanted = ['ti-1', 'TI-X', 'NOTHING*'];

    const {records} = await stand.run();

    expect(records).toMatchObject([
      {tag_name: 'TI-1', state: 'healthy'},
      {tag_webid: 'name:TI-X', tag_name: 'TI-X', state: 'missing'},
    ]);
  });

  it('stops asking for newest events where PI refuses, and goes on without them', async () => {
    const stand = new Stand(plant(10_000));
    stand.latest = {kind: 'unknown'};

    const {records} = await stand.run();

    expect(stand.asked).toBe(3);
    expect(stand.warnings).toHaveLength(1);
    expect(records).toHaveLength(10_000);
    expect(new Set(records.map(({state}) => state))).toEqual(new Set(['healthy']));
  });

  it('refuses a damaged state', () => {
    const {stream} = new Stand(plant(1));

    expect(() => stream.decodeState({version: 1, points: {bits: 3}})).toThrow(
      'tag_status cannot be read',
    );
  });
});

class Stand {
  readonly account = new SyncAccount();
  readonly askedPoints: string[] = [];
  readonly warnings: string[] = [];
  asked = 0;
  wanted: readonly string[] = [];
  latest: LatestEvent = {kind: 'event', at: at(2)};

  constructor(
    private readonly points: readonly PiPoint[],
    after: Partial<TimeseriesState> = {},
  ) {
    const front = {
      watermark: at(8),
      points: PointSet.of(points),
      widthMs: 1000,
      window: undefined,
    };
    const state = {...NEW_STATE, main: front};
    this.account.beginning = {now: at(8), end: at(8), points, state};
    this.account.state = {...state, ...after};
  }

  get stream(): TagStatus {
    return new TagStatus({
      account: this.account,
      points: () => Promise.resolve(this.points),
      serverNow: () => Promise.resolve(at(8)),
      serverNames: () => Promise.resolve(new Map([[SERVER, 'PISRV01']])),
      latestEvents: (points) => {
        this.asked += 1;
        this.askedPoints.push(...points.map(({name}) => name));
        return Promise.resolve(points.map(() => this.latest));
      },
      wanted: this.wanted,
      log: this.log(),
    });
  }

  run(options: {stored?: JsonObject; slices?: number} = {}): Promise<StreamRun> {
    return runStream(this.stream, options);
  }

  private log(): Log {
    const nothing = (): void => undefined;
    const warn = (message: string): void => void this.warnings.push(message);
    return {error: nothing, warn, info: nothing, debug: nothing};
  }
}

function laggard(reason: string): Laggard {
  const cursor = at(3);
  const rest = {delivered: 0, since: at(3), failures: 2, retryAt: at(9)};
  return {cursor, ...rest, reason};
}

function plant(count: number): PiPoint[] {
  return Array.from({length: count}, (_, index) => ({
    ...floatPoint(index + 1),
    serverId: SERVER,
    name: `TI-${index + 1}`,
  }));
}
