import fc from 'fast-check';
import type {JsonObject, Log} from 'airbyte-cdk-ts';

import {fromEpochMs, piTimestamp} from '../sync/pi-timestamp';
import {AssetFrameworkStandIn, type StandInFrame} from './asset-framework.stand-in';
import {EventFrames, type EventFramesOptions} from './event-frames';
import {runStream, type StreamRun} from './stream-run.stand-in';

const START_MS = Date.parse('2026-03-01T00:00:00Z');
const MINUTE_MS = 60_000;

describe('event_frames', () => {
  it('keeps what was delivered equal to the plant, whatever opens and closes between syncs', async () => {
    await fc.assert(
      fc.asyncProperty(
        plants(),
        fc.integer({min: 2, max: 5}),
        async (steps, pageSize) => {
          const af = new AssetFrameworkStandIn();
          const delivered = new Map<string, JsonObject>();
          let stored: JsonObject | undefined;
          let nowMs = START_MS;
          for (const {opened, closed, minutes} of steps) {
            open(af, {count: opened, fromMs: nowMs, minutes});
            nowMs += minutes * MINUTE_MS;
            close(af, closed, nowMs);
            const run = await sync({af, nowMs, stored, pageSize});
            keep(delivered, run);
            stored = run.state;
          }

          expect(delivered.size).toBe(af.frames.length);
          for (const frame of af.frames)
            expect(delivered.get(frame.id)).toEqual(like(frame));
        },
      ),
      {numRuns: 150, seed: 1},
    );
  });

  it('delivers everything when killed at any moment and started again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({at: fc.nat(20_000), lasts: fc.nat(3000)}), {maxLength: 40}),
        fc.array(fc.nat(6), {maxLength: 5}),
        async (plan, kills) => {
          const af = new AssetFrameworkStandIn();
          af.frames = plan.map(({at, lasts}, index) => frame(index, at, at + lasts));
          const nowMs = START_MS + 30_000 * MINUTE_MS;
          const delivered = new Map<string, JsonObject>();
          let stored: JsonObject | undefined;
          for (const slices of [...kills, Infinity]) {
            const run = await sync({af, nowMs, stored, pageSize: 4, slices});
            keep(delivered, run);
            stored = run.state;
          }

          expect(delivered.size).toBe(plan.length);
        },
      ),
      {numRuns: 100, seed: 2},
    );
  });

  it('delivers each frame once in a sync', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = Array.from({length: 50}, (_, index) =>
      frame(index, index * 97, 20_000),
    );

    const {records} = await sync({
      af,
      nowMs: START_MS + 30_000 * MINUTE_MS,
      pageSize: 7,
    });

    expect(records.map(({event_frame_id: id}) => id).sort()).toEqual(
      af.frames.map(({id}) => id).sort(),
    );
  });

  it('takes with it what began before the start and was still under way', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = [frame(1, -500, 10), frame(2, -500, -400), frame(3, -500, undefined)];

    const {records} = await sync({af, nowMs: START_MS + MINUTE_MS});

    expect(records.map(({event_frame_id: id}) => id).sort()).toEqual(
      [af.frames[0]?.id, af.frames[2]?.id].sort(),
    );
  });

  it('meets an open frame again when it is closed at a time long past', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = [frame(1, 10, undefined)];
    const first = await sync({af, nowMs: START_MS + 5000 * MINUTE_MS});
    af.frames = [frame(1, 10, 20)];

    const second = await sync({
      af,
      nowMs: START_MS + 6000 * MINUTE_MS,
      stored: first.state,
    });

    expect(first.records).toMatchObject([{is_open: true}]);
    expect(second.records).toMatchObject([{is_open: false, duration_minutes: 10}]);
  });

  it('lets go of an open frame that was deleted, and says so', async () => {
    const warnings: string[] = [];
    const af = new AssetFrameworkStandIn();
    af.frames = [frame(1, 10, undefined)];
    const first = await sync({af, nowMs: START_MS + 5000 * MINUTE_MS});
    af.frames = [];

    const second = await sync({
      af,
      nowMs: START_MS + 6000 * MINUTE_MS,
      stored: first.state,
      log: logInto(warnings),
    });

    expect(warnings).toEqual([expect.stringContaining('no longer exists')]);
    expect(JSON.stringify(second.state)).toContain('"open":[]');
  });

  it('loses nothing when frames are deleted between two pages', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = Array.from({length: 30}, (_, index) => frame(index, index, 20_000));
    let answers = 0;
    af.beforeAnswer = ({path}) => {
      if (path.includes('eventframes?') && ++answers === 3)
        af.frames = af.frames.slice(2);
    };

    const {records} = await sync({af, nowMs: START_MS + 40 * MINUTE_MS, pageSize: 5});

    const ids = new Set(records.map(({event_frame_id: id}) => id));
    expect(af.frames.every(({id}) => ids.has(id))).toBe(true);
    expect(ids.size).toBe(records.length);
  });

  it('reads again behind the last sync as far as it is told to', async () => {
    const af = new AssetFrameworkStandIn();
    const first = await sync({af, nowMs: START_MS + 1000 * MINUTE_MS});
    af.frames = [frame(1, 950, 955), frame(2, 100, 105)];

    const {records} = await sync({
      af,
      nowMs: START_MS + 1001 * MINUTE_MS,
      stored: first.state,
      lookbackMs: 60 * MINUTE_MS,
    });

    expect(records.map(({event_frame_id: id}) => id)).toEqual([af.frames[0]?.id]);
  });

  it('hands out the values of the frame itself', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = [frame(1, 10, 20)];

    const {records} = await sync({af, nowMs: START_MS + 100 * MINUTE_MS});

    expect(records[0]?.['event_attributes']).toEqual({Of: af.frames[0]?.id});
  });

  it('refuses a damaged state and names the part', async () => {
    const stored = {version: 1, databases: {x: {}}};
    const syncing = sync({af: new AssetFrameworkStandIn(), nowMs: START_MS, stored});

    await expect(syncing).rejects.toMatchObject({
      failureType: 'config_error',
      details: {issue: expect.stringContaining('watermark')},
    });
  });
});

interface SyncOptions {
  readonly af: AssetFrameworkStandIn;
  readonly nowMs: number;
  readonly stored?: JsonObject | undefined;
  readonly pageSize?: number;
  readonly slices?: number;
  readonly lookbackMs?: number;
  readonly log?: Log;
}

function sync(options: SyncOptions): Promise<StreamRun> {
  const {stored, slices} = options;
  const run = {stored, ...(slices === undefined ? {} : {slices})};
  return runStream(new EventFrames(optionsOf(options)), run);
}

function optionsOf({
  af,
  nowMs,
  pageSize,
  lookbackMs = 0,
  log,
}: SyncOptions): EventFramesOptions {
  return {
    http: af.pi,
    databases: () => Promise.resolve([af.database]),
    serverNow: () => Promise.resolve(fromEpochMs(nowMs)),
    start: piTimestamp('2026-03-01T00:00:00Z')!,
    end: undefined,
    settleMs: 0,
    lookbackMs,
    maxConcurrency: 4,
    log: log ?? logInto([]),
    ...(pageSize === undefined ? {} : {pageSize}),
  };
}

function logInto(warnings: string[]): Log {
  const nothing = (): void => undefined;
  return {
    error: nothing,
    info: nothing,
    debug: nothing,
    warn: (message) => warnings.push(message),
  };
}

/** Between two syncs: how many frames open, which close, and how much time passes. */
function plants(): fc.Arbitrary<{opened: number; closed: number[]; minutes: number}[]> {
  return fc.array(
    fc.record({
      opened: fc.nat(6),
      closed: fc.array(fc.nat(20), {maxLength: 4}),
      minutes: fc.integer({min: 1, max: 5000}),
    }),
    {minLength: 1, maxLength: 6},
  );
}

function open(
  af: AssetFrameworkStandIn,
  {count, fromMs, minutes}: {count: number; fromMs: number; minutes: number},
): void {
  for (let place = 0; place < count; place++) {
    const at = (fromMs - START_MS) / MINUTE_MS + (place * minutes) / (count + 1);
    af.frames.push(frame(af.frames.length, at, undefined));
  }
}

/** Some of them at the present, some at a time between start and now. */
function close(
  af: AssetFrameworkStandIn,
  which: readonly number[],
  nowMs: number,
): void {
  for (const [order, index] of which.entries()) {
    const one = af.frames[index];
    if (one === undefined || one.endMs !== undefined) continue;
    one.endMs = order % 2 === 0 ? nowMs : (one.startMs + nowMs) / 2;
  }
}

function frame(index: number, at: number, until: number | undefined): StandInFrame {
  return {
    id: `6a0e6f1e-7d0b-4d53-9f2f-${String(index).padStart(12, '0')}`,
    startMs: Math.round(START_MS + at * MINUTE_MS),
    endMs: until === undefined ? undefined : Math.round(START_MS + until * MINUTE_MS),
  };
}

function keep(delivered: Map<string, JsonObject>, {records}: StreamRun): void {
  for (const record of records)
    delivered.set(record['event_frame_id'] as string, record);
}

function like({id, startMs, endMs}: StandInFrame): unknown {
  return expect.objectContaining({
    event_frame_id: id,
    start_time: fromEpochMs(startMs),
    is_open: endMs === undefined,
    ...(endMs === undefined ? {} : {end_time: fromEpochMs(endMs)}),
  });
}
