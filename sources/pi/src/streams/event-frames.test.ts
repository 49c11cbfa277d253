import fc from 'fast-check';
import type {JsonObject} from 'airbyte-cdk-ts';

import {piTimestamp} from '../sync/pi-timestamp';
import {AssetFrameworkStandIn, frameWebId} from './asset-framework.stand-in';
import {
  Delivered,
  frameAt,
  logInto,
  MINUTE_MS,
  START_MS,
  syncFrames,
} from './event-frames-run.stand-in';

describe('event_frames', () => {
  it('delivers everything when killed at any moment and started again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({at: fc.nat(20_000), lasts: fc.nat(3000)}), {maxLength: 40}),
        fc.array(fc.nat(6), {maxLength: 5}),
        async (plan, kills) => {
          const af = new AssetFrameworkStandIn();
          af.frames = plan.map(({at, lasts}, index) => frameAt(index, at, at + lasts));
          const nowMs = START_MS + 30_000 * MINUTE_MS;
          const delivered = new Delivered();
          let stored: JsonObject | undefined;
          for (const slices of [...kills, Infinity]) {
            const run = await syncFrames({af, nowMs, stored, pageSize: 4, slices});
            delivered.take(run);
            stored = run.state;
          }

          expect(delivered.alive).toHaveLength(plan.length);
        },
      ),
      {numRuns: 100, seed: 2},
    );
  });

  it('delivers each frame once in a sync, those on the seams of slices too', async () => {
    const af = new AssetFrameworkStandIn();
    const onSeams = Array.from({length: 14}, (_, day) =>
      frameAt(day, day * 1440, 30_000),
    );
    const between = Array.from({length: 50}, (_, index) =>
      frameAt(100 + index, index * 97, 20_000),
    );
    af.frames = [...onSeams, ...between];

    const {records} = await syncFrames({
      af,
      nowMs: START_MS + 30_000 * MINUTE_MS,
      pageSize: 7,
    });

    expect(idsOf(records)).toEqual(af.frames.map(({id}) => id).sort());
  });

  it('takes with it what began before the start and was still under way', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = [
      frameAt(1, -500, 10),
      frameAt(2, -500, -400),
      frameAt(3, -500, undefined),
    ];

    const {records} = await syncFrames({af, nowMs: START_MS + MINUTE_MS});

    expect(idsOf(records)).toEqual([af.frames[0]?.id, af.frames[2]?.id]);
  });

  it('meets an open frame again when it is closed at a time long past', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = [frameAt(1, 10, undefined)];
    const first = await syncFrames({af, nowMs: START_MS + 5000 * MINUTE_MS});
    af.frames = [frameAt(1, 10, 20)];

    const second = await syncFrames({
      af,
      nowMs: START_MS + 6000 * MINUTE_MS,
      stored: first.state,
    });

    expect(first.records).toMatchObject([{is_open: true}]);
    expect(second.records).toMatchObject([{is_open: false, duration_minutes: 10}]);
  });

  it('reads on from a state of version 1', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = [frameAt(1, 10, 20), frameAt(3, 5500, undefined)];
    const watermark = '2026-03-04T00:00:00.0000000Z';
    const open = [1, 2].map((index) => [
      frameWebId(frameAt(index, 10, undefined).id),
      '2026-03-01T00:10:00.0000000Z',
    ]);
    const stored = {version: 1, databases: {[af.database.id]: {watermark, open}}};

    const {records, state} = await syncFrames({
      af,
      nowMs: START_MS + 6000 * MINUTE_MS,
      stored,
    });

    expect(records).toMatchObject([
      {event_frame_id: af.frames[1]?.id, is_open: true},
      {event_frame_id: af.frames[0]?.id, is_open: false},
      {event_frame_id: frameAt(2, 10, undefined).id, is_deleted: true},
    ]);
    expect(state['version']).toBe(2);
  });

  it('loses nothing when frames are deleted between two pages', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = Array.from({length: 30}, (_, index) => frameAt(index, index, 20_000));
    let answers = 0;
    af.beforeAnswer = ({path}) => {
      if (path.includes('eventframes?') && ++answers === 3)
        af.frames = af.frames.slice(2);
    };

    const {records} = await syncFrames({
      af,
      nowMs: START_MS + 40 * MINUTE_MS,
      pageSize: 5,
    });

    const ids = new Set(idsOf(records));
    expect(af.frames.every(({id}) => ids.has(id))).toBe(true);
    expect(ids.size).toBe(records.length);
  });

  it('reads again behind the last sync as far as it is told to', async () => {
    const af = new AssetFrameworkStandIn();
    const lookbackMs = 60 * MINUTE_MS;
    const nowMs = START_MS + 1000 * MINUTE_MS;
    const first = await syncFrames({af, nowMs, lookbackMs});
    af.frames = [frameAt(1, 950, 955), frameAt(2, 100, 105)];

    const {records} = await syncFrames({
      af,
      nowMs: nowMs + MINUTE_MS,
      stored: first.state,
      lookbackMs,
    });

    expect(idsOf(records)).toEqual([af.frames[0]?.id]);
  });

  it('hands out the values of the frame itself', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = [frameAt(1, 10, 20)];

    const {records} = await syncFrames({af, nowMs: START_MS + 100 * MINUTE_MS});

    expect(records[0]?.['event_attributes']).toEqual({Of: af.frames[0]?.id});
  });

  it('asks in smaller pages where a page is too much for the server', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = Array.from({length: 300}, (_, index) => frameAt(index, index, 20_000));
    const sizes = new Set<string>();
    af.beforeAnswer = ({path}) => {
      const size = /eventframes\?.*maxCount=(\d+)/.exec(path)?.[1];
      af.refuse = () => (Number(size) > 100 ? 504 : undefined);
      if (size !== undefined) sizes.add(size);
    };

    const {records} = await syncFrames({af, nowMs: START_MS + 400 * MINUTE_MS});

    expect(records).toHaveLength(300);
    expect([...sizes]).toEqual(['1000', '250', '62']);
  });

  it('marks a frame whose values fail, and fails no other', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = Array.from({length: 20}, (_, index) => frameAt(index, index, 20_000));
    const faulty = frameWebId(frameAt(3, 0, 0).id);
    af.refuse = (path) => (path.includes(`streamsets/${faulty}`) ? 500 : undefined);

    const {records} = await syncFrames({af, nowMs: START_MS + 400 * MINUTE_MS});

    const marked = records.filter((record) => 'attributes_error' in record);
    expect(records).toHaveLength(20);
    expect(marked).toMatchObject([
      {
        event_frame_id: frameAt(3, 0, 0).id,
        attributes_error: 'PI answered with status 500: Refused.',
      },
    ]);
    expect(marked[0]).not.toHaveProperty('event_attributes');
  });

  it('reads annotations where there are some, unless told not to', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = [{...frameAt(1, 10, 20), notes: ['Valve stuck']}, frameAt(2, 11, 20)];
    const nowMs = START_MS + 100 * MINUTE_MS;

    const read = await syncFrames({af, nowMs});
    const left = await syncFrames({af, nowMs, annotations: false});

    expect(read.records).toMatchObject([
      {
        is_annotated: true,
        annotations: [{name: 'Valve stuck', value: {Text: 'Valve stuck'}}],
      },
      {is_annotated: false},
    ]);
    expect(read.records[1]).not.toHaveProperty('annotations');
    expect(left.records[0]).toMatchObject({is_annotated: true});
    expect(left.records[0]).not.toHaveProperty('annotations');
  });

  it('tells what deletions a longer lookback cannot notice', async () => {
    const said: string[] = [];
    const af = new AssetFrameworkStandIn();
    af.frames = [frameAt(1, 10, 20), frameAt(2, 30, 40)];
    const nowMs = START_MS + 5000 * MINUTE_MS;
    const {state} = await syncFrames({af, nowMs});

    const lookbackMs = 5000 * MINUTE_MS;
    await syncFrames({af, nowMs, stored: state, lookbackMs, log: logInto(said)});

    expect(said.join(' ')).toContain('ended until 2026-03-01T00:40:00.0000000Z');
  });

  it('reads no further than the end of the settings', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = [frameAt(1, 10, 20), frameAt(2, 60, 70)];

    const {records} = await syncFrames({
      af,
      nowMs: START_MS + 5000 * MINUTE_MS,
      end: piTimestamp('2026-03-01T01:00:00Z'),
    });

    expect(idsOf(records)).toEqual([af.frames[0]?.id]);
  });
});

function idsOf(records: readonly JsonObject[]): string[] {
  return records.map(({event_frame_id: id}) => id as string).sort();
}
