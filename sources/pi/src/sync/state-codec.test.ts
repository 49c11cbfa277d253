import {ConfigError, type JsonObject} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {HeldPoints} from './held-points';
import type {Laggard} from './laggards';
import {fromEpochMs, type PiTimestamp} from './pi-timestamp';
import {pointKey, PointSet} from './point-set';
import {decodeTimeseriesState, encodeTimeseriesState} from './state-codec';
import {
  type Front,
  groupCount,
  NEW_STATE,
  type TimeseriesState,
} from './timeseries-state';

const KB = 1024;
const SERVER = '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3';

describe('the state of timeseries', () => {
  it('is the same after it has been written and read', () => {
    fc.assert(
      fc.property(states(), (state) => {
        const encoded = stored(state);

        expect(stored(decodeTimeseriesState(encoded))).toEqual(encoded);
        expect(decodeTimeseriesState(encoded)).toEqual(state);
      }),
    );
  });

  it('is new where nothing is stored', () => {
    expect(decodeTimeseriesState(undefined)).toEqual(NEW_STATE);
    expect(decodeTimeseriesState({})).toEqual(NEW_STATE);
    expect(decodeTimeseriesState(stored(NEW_STATE))).toEqual(NEW_STATE);
  });

  it('reads as documented', () => {
    const state = decodeTimeseriesState({
      version: 1,
      watermark: '2026-03-02T06:00:00Z',
      points: {[SERVER]: 'ZAGsAg=='},
      width_seconds: 3600,
      window: {
        end: '2026-03-02T07:00:00.0000000Z',
        group_size: 1,
        events: 5,
        done: 'AQ==',
        reached: {2: '2026-03-02T06:30:00Z'},
      },
    });

    expect(state.main?.points.slice(0, 9)).toEqual(
      [100, 101, 401].map((pointId) => ({serverId: SERVER, pointId})),
    );
    expect(state.main?.window?.reached).toEqual(
      new Map([
        [2, '2026-03-02T06:30:00.0000000Z'],
        [0, '2026-03-02T07:00:00.0000000Z'],
      ]),
    );
  });

  it('takes at most 64 KB for 30,000 healthy points', () => {
    const dense = frontOf(30_000, (at) => at + 1);
    const scattered = frontOf(30_000, (at) => at * 60 + ((at * 7919) % 53));

    for (const main of [dense, scattered]) {
      const held = heldAt(main.points, 0);

      expect(size({...NEW_STATE, main})).toBeLessThanOrEqual(64 * KB);
      expect(size({...NEW_STATE, main: {...main, held}})).toBeLessThanOrEqual(64 * KB);
    }
  });

  it('reads what version 1 wrote', () => {
    const version1 = {
      ...sound(),
      joining: {watermark: hour(0), points: {[SERVER]: 'Ag=='}, width_seconds: 60},
      laggards: {'a/7': {...encodedLaggard(), delivered: 3}},
      reread_until: hour(5),
    };

    const state = decodeTimeseriesState(version1);

    expect(state).toMatchObject({
      start: undefined,
      main: {watermark: hour(0), points: PointSet.of([{serverId: SERVER, pointId: 1}])},
      joining: {points: PointSet.of([{serverId: SERVER, pointId: 2}])},
      rereadUntil: hour(5),
    });
    expect(state.laggards.get('a/7')).toEqual({...laggardAt(1), delivered: 3});
    expect(stored(state)['version']).toBe(2);
  });

  it('stays below 1 MB with 5 % laggards and a window half read', () => {
    const points = frontOf(100_000, (at) => at * 20 + (at % 17));
    const main = {...points, held: heldAt(points.points, 0)};
    const reached = new Map(
      Array.from({length: 125}, (_, group) => [group, hour(group % 2 === 0 ? 2 : 1)]),
    );
    const window = {end: hour(2), groupSize: 400, events: 12_345_678, reached};
    const laggards = new Map(
      main.points.slice(0, 5000).map((point, at) => [pointKey(point), laggardAt(at)]),
    );

    expect(size({...NEW_STATE, main: {...main, window}, laggards})).toBeLessThan(
      KB * KB,
    );
  });

  it('stays small where a whole plant cannot be read', () => {
    const main = frontOf(30_000, (at) => at + 1);
    const laggards = new Map(
      main.points.slice(0, 30_000).map((point) => [pointKey(point), laggardAt(1)]),
    );
    const state = {...NEW_STATE, laggards};

    expect(size(state)).toBeLessThan(64 * KB);
    expect(decodeTimeseriesState(stored(state)).laggards).toEqual(laggards);
  });

  it.each<[string, JsonObject]>([
    ['version', {version: 3}],
    ['version', {cursor: '2026-03-02T06:00:00Z'}],
    ['watermark', {...sound(), watermark: 'yesterday'}],
    ['points', {...sound(), points: 'AQ=='}],
    [`points.${SERVER}`, {...sound(), points: {[SERVER]: '*'}}],
    ['points', {...sound(), points: {[SERVER]: 'gA=='}}],
    ['points', {...sound(), points: {[SERVER]: '/////38='}}],
    ['width_seconds', {...sound(), width_seconds: 0}],
    ['window.done', {...sound(), window: {...openWindow(), done: 'x'}}],
    ['window', {...sound(), window: {...openWindow(), done: 'Ag=='}}],
    ['window', {...sound(), window: {...openWindow(), end: hour(0)}}],
    ['laggards.x', {...sound(), laggards: {x: {}}}],
    ['laggards.a/1.cursor', {...sound(), laggards: {'a/1': {cursor: 'x'}}}],
    ['joining.points', {...sound(), joining: {watermark: hour(0), width_seconds: 1}}],
    ['reread_until', {...sound(), reread_until: 5}],
  ])('names its part %s where that is damaged', (part, damaged) => {
    const read = () => decodeTimeseriesState(damaged);

    expect(read).toThrow(ConfigError);
    expect(read).toThrow(`its part "${part}" is damaged`);
  });
});

function stored(state: TimeseriesState): JsonObject {
  return JSON.parse(JSON.stringify(encodeTimeseriesState(state))) as JsonObject;
}

function size(state: TimeseriesState): number {
  return JSON.stringify(encodeTimeseriesState(state)).length;
}

function hour(at: number): PiTimestamp {
  return fromEpochMs(Date.UTC(2026, 2, 1, at));
}

function frontOf(count: number, numberAt: (at: number) => number): Front {
  const points = Array.from({length: count}, (_, at) => ({
    serverId: SERVER,
    pointId: numberAt(at),
  }));
  return {
    watermark: hour(1),
    points: PointSet.of(points),
    widthMs: 3_600_000,
    window: undefined,
  };
}

function laggardAt(at: number): Laggard {
  return {
    cursor: hour(at),
    delivered: 0,
    since: hour(at),
    failures: 3,
    retryAt: hour(at + 1),
    reason: '404',
  };
}

function encodedLaggard(): JsonObject {
  const {cursor, since, failures, retryAt, reason} = laggardAt(1);
  return {cursor, since, failures, retry_at: retryAt, reason};
}

function sound(): JsonObject {
  return {
    version: 1,
    watermark: hour(0),
    points: {[SERVER]: 'AQ=='},
    width_seconds: 60,
  };
}

function openWindow(): JsonObject {
  return {end: hour(1), group_size: 4, events: 0, done: 'AQ=='};
}

function states(): fc.Arbitrary<TimeseriesState> {
  return fc.record({
    start: fc.option(hours(), {nil: undefined}),
    main: fronts(),
    joining: fc.option(fronts(), {nil: undefined}),
    laggards: fc
      .array(fc.tuple(pointIds().map(pointKey), laggards()), {maxLength: 100})
      .map((entries) => new Map(entries)),
    rereadUntil: fc.option(hours(), {nil: undefined}),
    futureReadFrom: fc.option(hours(), {nil: undefined}),
    futureGroups: fc.constant(new Set<number>()),
  });
}

function fronts(): fc.Arbitrary<Front> {
  return fc
    .record({
      watermark: fc.nat({max: 100}),
      points: fc.array(pointIds(), {maxLength: 30}).map((all) => PointSet.of(all)),
      widthMs: fc.integer({min: 1, max: 1e6}).map((seconds) => seconds * 1000),
      groupSize: fc.integer({min: 1, max: 10}),
      reached: fc.array(fc.constantFrom(undefined, 0, 1, 2), {maxLength: 30}),
      isOpen: fc.boolean(),
      isHeld: fc.boolean(),
    })
    .map(({watermark, points, widthMs, groupSize, reached, isOpen, isHeld}) => {
      const groups = groupCount(points, groupSize);
      const known = reached
        .slice(0, groups)
        .flatMap((at, group): [number, PiTimestamp][] =>
          at === undefined ? [] : [[group, hour(watermark + at)]],
        );
      const window = {
        end: hour(watermark + 2),
        groupSize,
        events: 7,
        reached: new Map(known),
      };
      const front = {watermark: hour(watermark), points, widthMs};
      return {
        ...front,
        window: isOpen ? window : undefined,
        ...(isHeld ? {held: heldAt(points, watermark)} : {}),
      };
    });
}

/** Every second point holds something back, each for another time. */
function heldAt(points: PointSet, at: number): HeldPoints {
  const held = points.slice(0, points.size).map((point, place) => {
    const since = hour(at - 2 ** (place % 20));
    return {point, held: place % 2 === 0 ? undefined : {since, until: since}};
  });
  return HeldPoints.none(points).with(held, hour(at));
}

/** Often the very same facts, so that there are cohorts. */
function laggards(): fc.Arbitrary<Laggard> {
  const ownFacts = {
    cursor: hours(),
    delivered: fc.nat(),
    since: hours(),
    failures: fc.nat(),
    retryAt: hours(),
    reason: fc.string(),
  };
  const own = fc.record(ownFacts);
  const held = fc.record({since: hours(), until: hours()});
  const marked = fc.record({...ownFacts, held});
  return fc.oneof({weight: 3, arbitrary: fc.constant(laggardAt(7))}, own, marked);
}

function pointIds() {
  return fc.record({
    serverId: fc.constantFrom(SERVER, 'other'),
    pointId: fc.oneof(fc.nat({max: 300}), fc.nat()),
  });
}

function hours(): fc.Arbitrary<PiTimestamp> {
  return fc.nat({max: 100_000}).map(hour);
}
