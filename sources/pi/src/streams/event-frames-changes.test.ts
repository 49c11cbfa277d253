import fc from 'fast-check';
import type {JsonObject} from 'airbyte-cdk-ts';

import {fromEpochMs} from '../sync/pi-timestamp';
import {
  AssetFrameworkStandIn,
  frameWebId,
  type StandInFrame,
} from './asset-framework.stand-in';
import {
  Delivered,
  frameAt,
  logInto,
  MINUTE_MS,
  START_MS,
  syncFrames,
} from './event-frames-run.stand-in';

/** What happens to one frame, chosen by number among those that may change. */
type ChangeOfOne =
  | {readonly kind: 'close'; readonly which: number; readonly part: number}
  | {readonly kind: 'delete'; readonly which: number}
  | {readonly kind: 'recalculate'; readonly which: number}
  | {readonly kind: 'edit'; readonly which: number}
  | {readonly kind: 'move'; readonly which: number; readonly byMinutes: number};

type Change =
  | {readonly kind: 'open'; readonly ago: number}
  | {readonly kind: 'create'; readonly ago: number; readonly lasts: number}
  | ChangeOfOne;

interface Step {
  readonly minutes: number;
  readonly changes: readonly Change[];
  /** Slices after which attempts before the whole sync are killed. */
  readonly kills: readonly number[];
}

describe('event_frames', () => {
  it('keeps what was delivered equal to the plant, whatever changes and breaks off between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(steps(), {minLength: 1, maxLength: 6}),
        fc.constantFrom(0, 30, 1440, 100_000),
        fc.integer({min: 2, max: 5}),
        async (plan, lookbackMinutes, pageSize) => {
          const lookbackMs = lookbackMinutes * MINUTE_MS;
          const plant = new ChangingPlant(lookbackMs);
          const delivered = new Delivered();
          let stored: JsonObject | undefined;
          for (const {minutes, changes, kills} of plan) {
            plant.pass(minutes);
            plant.change(changes);
            for (const slices of [...kills, Infinity]) {
              const {af, nowMs} = plant;
              const sync = {af, nowMs, stored, pageSize, lookbackMs, slices};
              const run = await syncFrames(sync);
              delivered.take(run);
              stored = run.state;
              plant.wasRead(slices === Infinity);
              if (slices === Infinity) break;
              plant.pass(7);
              plant.change(changes.slice(0, 1));
            }
          }

          expect(delivered.alive).toEqual(plant.ids);
          for (const frame of plant.af.frames) {
            expect(delivered.rows.get(frame.id)).toMatchObject(like(frame));
          }
        },
      ),
      {numRuns: 300, seed: 1},
    );
  });

  it('says of a deleted frame that it is deleted, and nothing else', async () => {
    const said: string[] = [];
    const af = new AssetFrameworkStandIn();
    af.frames = [frameAt(1, 10, 20), frameAt(2, 15, undefined)];
    const first = await syncFrames(at(af, 30));
    af.frames = [];

    const second = await syncFrames({...at(af, 40, first.state), log: logInto(said)});
    const third = await syncFrames(at(af, 50, second.state));

    expect(second.records).toEqual(
      [1, 2].map((index) => ({
        event_frame_id: frameAt(index, 0, 0).id,
        start_time: fromEpochMs(START_MS + (5 + 5 * index) * MINUTE_MS),
        is_deleted: true,
        deleted_detected_at: fromEpochMs(START_MS + 40 * MINUTE_MS),
      })),
    );
    expect(said.join()).toContain('2 event frames of Plant');
    expect(third.records).toEqual([]);
  });

  it.each([403, 500])(
    'does not call deleted what PI refuses with status %i, and asks again',
    async (status) => {
      const said: string[] = [];
      const af = new AssetFrameworkStandIn();
      af.frames = [frameAt(1, 10, 20), frameAt(2, 12, 22)];
      const first = await syncFrames(at(af, 30));
      af.frames = [];
      af.refuse = (path) =>
        path.includes(frameWebId(frameAt(1, 0, 0).id)) ? status : undefined;

      const second = await syncFrames({...at(af, 40, first.state), log: logInto(said)});
      af.refuse = () => undefined;
      const third = await syncFrames(at(af, 50, second.state));

      expect(second.records).toMatchObject([{event_frame_id: frameAt(2, 0, 0).id}]);
      expect(said.join()).toContain(`cannot be read now (status ${status})`);
      expect(third.records).toMatchObject([
        {event_frame_id: frameAt(1, 0, 0).id, is_deleted: true},
      ]);
    },
  );

  it('takes an outage for an outage, not for deletions', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = Array.from({length: 50}, (_, index) => frameAt(index, index, 60));
    const first = await syncFrames(at(af, 70));
    af.frames = [];
    af.refuse = (path) => (path.includes('/eventframes/I1') ? 502 : undefined);

    const second = syncFrames(at(af, 80, first.state));

    await expect(second).rejects.toMatchObject({failureType: 'transient_error'});
  });
});

function at(
  af: AssetFrameworkStandIn,
  minute: number,
  stored?: JsonObject,
): Parameters<typeof syncFrames>[0] {
  const lookbackMs = 1440 * MINUTE_MS;
  return {af, nowMs: START_MS + minute * MINUTE_MS, lookbackMs, stored};
}

/** A plant that changes only what the lookback lets a sync see. */
class ChangingPlant {
  readonly af = new AssetFrameworkStandIn();
  nowMs = START_MS;
  #readMs = START_MS;
  #made = 0;
  #delivered: ReadonlySet<string> = new Set();

  constructor(private readonly lookbackMs: number) {}

  get ids(): readonly string[] {
    return this.af.frames.map(({id}) => id).sort();
  }

  pass(minutes: number): void {
    this.nowMs += minutes * MINUTE_MS;
  }

  wasRead(toTheEnd: boolean): void {
    this.#readMs = this.nowMs;
    if (toTheEnd) this.#delivered = new Set(this.ids);
  }

  change(changes: readonly Change[]): void {
    for (const change of changes) this.#change(change);
  }

  #change(change: Change): void {
    if (change.kind === 'open') this.#add(this.#ago(change.ago), undefined);
    else if (change.kind === 'create') {
      const startMs = this.#ago(change.ago);
      const endMs = startMs + change.lasts * MINUTE_MS;
      if (endMs >= this.#seenFromMs && endMs <= this.nowMs) this.#add(startMs, endMs);
    } else {
      const candidates = this.af.frames.filter((frame) => this.#isSeen(frame));
      const frame = candidates[change.which % Math.max(1, candidates.length)];
      if (frame !== undefined) this.#changeOne(frame, change);
    }
  }

  #changeOne(frame: StandInFrame, change: ChangeOfOne): void {
    switch (change.kind) {
      case 'edit':
        frame.severity = `Severity ${change.which}`;
        return;
      case 'move':
        this.#move(frame, change.byMinutes);
        return;
      case 'close':
        this.#close(frame, change.part);
        return;
      case 'delete':
      case 'recalculate':
        this.af.frames = this.af.frames.filter((one) => one !== frame);
        if (change.kind === 'recalculate') this.#add(frame.startMs, frame.endMs);
    }
  }

  #move(frame: StandInFrame, byMinutes: number): void {
    const movedMs = frame.startMs + byMinutes * MINUTE_MS;
    const lastMs = frame.endMs ?? this.nowMs - 1;
    frame.startMs = Math.max(START_MS, Math.min(movedMs, lastMs));
  }

  /** An end that lies behind all reading is seen of a delivered frame alone. */
  #close(frame: StandInFrame, part: number): void {
    if (frame.endMs !== undefined) return;
    const endMs = frame.startMs + Math.round((this.nowMs - frame.startMs) * part);
    const isSeen = this.#delivered.has(frame.id) || endMs >= this.#seenFromMs;
    if (isSeen) frame.endMs = endMs;
  }

  get #seenFromMs(): number {
    return Math.max(START_MS, this.#readMs - this.lookbackMs);
  }

  /** A frame that ended before what is read again is out of sight. */
  #isSeen({endMs}: StandInFrame): boolean {
    return endMs === undefined || endMs >= this.#seenFromMs;
  }

  #ago(minutes: number): number {
    return Math.max(START_MS, this.nowMs - 1 - minutes * MINUTE_MS);
  }

  #add(startMs: number, endMs: number | undefined): void {
    const {id} = frameAt(this.#made++, 0, 0);
    this.af.frames = [...this.af.frames, {id, startMs, endMs}];
  }
}

function steps(): fc.Arbitrary<Step> {
  const which = fc.nat(30);
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.record({kind: fc.constant('open' as const), ago: fc.nat(3000)}),
    fc.record({
      kind: fc.constant('create' as const),
      ago: fc.nat(3000),
      lasts: fc.nat(2000),
    }),
    fc.record({
      kind: fc.constant('close' as const),
      which,
      part: fc.double({min: 0, max: 1, noNaN: true}),
    }),
    fc.record({kind: fc.constant('delete' as const), which}),
    fc.record({kind: fc.constant('recalculate' as const), which}),
    fc.record({kind: fc.constant('edit' as const), which}),
    fc.record({
      kind: fc.constant('move' as const),
      which,
      byMinutes: fc.integer({min: -2000, max: 2000}),
    }),
  );
  return fc.record({
    minutes: fc.integer({min: 1, max: 4000}),
    changes: fc.array(change, {maxLength: 12}),
    kills: fc.array(fc.nat(4), {maxLength: 2}),
  });
}

function like({id, startMs, endMs, severity = 'None'}: StandInFrame): JsonObject {
  return {
    event_frame_id: id,
    start_time: fromEpochMs(startMs),
    is_open: endMs === undefined,
    severity,
    is_deleted: false,
    ...(endMs === undefined ? {} : {end_time: fromEpochMs(endMs)}),
  };
}
