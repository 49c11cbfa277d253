import type {JsonObject, LineSink} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import type {Archive, RecordedRequest} from '../client/archive';
import type {PiPoint} from '../sync/pi-point';
import {fromEpochMs, piTimestamp, type PiTimestamp} from '../sync/pi-timestamp';
import {pointKey} from '../sync/point-set';
import {Timeseries, type TimeseriesOptions, type TimeseriesOutcome} from './timeseries';

const START_MS = Date.UTC(2026, 2, 1);
const START = fromEpochMs(START_MS);
const HOUR_MS = 3_600_000;

describe('timeseries', () => {
  it('delivers every event once, whatever the page size, the ties and the order', async () => {
    await fc.assert(
      fc.asyncProperty(
        plants(),
        fc.integer({min: 0, max: 1000}),
        async (plant, order) => {
          const archive = new MemoryArchive(plant);
          const run = await sync({archive, plant, order});

          expect(run.failure).toBeUndefined();
          expect(run.records.sort()).toEqual(truth(plant, START, plant.now).sort());
        },
      ),
      {numRuns: 150, seed: 1},
    );
  });

  it('delivers every event when killed at any moment and started again', async () => {
    await fc.assert(
      fc.asyncProperty(
        plants(),
        fc.array(fc.integer({min: 1, max: 6}), {maxLength: 5}),
        async (plant, kills) => {
          const archive = new MemoryArchive(plant);
          const all = new Set<string>();
          let stored: JsonObject | undefined;
          for (const steps of [...kills, Infinity]) {
            const run = await sync({archive, plant, order: steps, steps, stored});
            for (const record of run.records) all.add(record);
            stored = run.stored;
          }

          expect([...all].sort()).toEqual(truth(plant, START, plant.now).sort());
        },
      ),
      {numRuns: 100, seed: 2},
    );
  });

  it('keeps failing points apart and reads their gaps when they heal', async () => {
    await fc.assert(
      fc.asyncProperty(
        plants(),
        fc.constantFrom(403, 404, 500),
        fc.array(fc.nat({max: 5}), {minLength: 1, maxLength: 3}),
        async (plant, status, bad) => {
          const archive = new MemoryArchive(plant);
          archive.failing = new Map(
            bad.map((index) => [
              plant.points[index % plant.points.length]!.webId,
              status,
            ]),
          );
          const first = await sync({archive, plant, order: 3});
          const healthy = {
            ...plant,
            points: plant.points.filter(({webId}) => !archive.failing.has(webId)),
          };

          expect(only(first.records, healthy).sort()).toEqual(
            truth(healthy, START, plant.now).sort(),
          );

          archive.failing = new Map();
          const later = {
            ...plant,
            now: fromEpochMs(Date.parse(plant.now) + 25 * HOUR_MS),
          };
          const second = await sync({
            archive,
            plant: later,
            stored: first.stored,
            order: 4,
          });

          expect([...first.records, ...second.records].sort()).toEqual(
            truth(plant, START, later.now).sort(),
          );
          expect(second.stored?.['laggards']).toBeUndefined();
        },
      ),
      {numRuns: 100, seed: 3},
    );
  });

  it('gives points that come later their history and leaves the others alone', async () => {
    await fc.assert(
      fc.asyncProperty(plants(), fc.nat({max: 5}), async (plant, index) => {
        const archive = new MemoryArchive(plant);
        const newcomer = plant.points[index % plant.points.length]!;
        const others = plant.points.filter((point) => point !== newcomer);
        fc.pre(others.length > 0);
        const first = await sync({
          archive,
          plant: {...plant, points: others},
          order: 1,
        });
        const later = {...plant, now: fromEpochMs(Date.parse(plant.now) + 2 * HOUR_MS)};
        const second = await sync({
          archive,
          plant: later,
          stored: first.stored,
          order: 2,
        });

        expect([...first.records, ...second.records].sort()).toEqual(
          truth(plant, START, later.now).sort(),
        );
        expect(second.stored?.['joining']).toBeUndefined();
      }),
      {numRuns: 60, seed: 4},
    );
  });

  it('reads again behind the watermark as far as the lookback goes', async () => {
    const plant = plantOf([[1, 5], [2]], 20);
    const archive = new MemoryArchive(plant);
    const first = await sync({archive, plant, order: 0});
    archive.add(plant.points[1]!, START_MS + 15 * HOUR_MS);
    const options = {lookbackMs: 6 * HOUR_MS};
    const second = await sync({
      archive,
      plant,
      stored: first.stored,
      order: 0,
      options,
    });

    expect(second.records).toHaveLength(1);
    expect(second.stored?.['watermark']).toBe(plant.now);
    expect(second.stored?.['reread_until']).toBeUndefined();
  });

  it('fails a point whose one timestamp holds more than the server gives at once', async () => {
    const plant = plantOf([new Array<number>(60).fill(3), [4]], 10);
    const archive = new MemoryArchive(plant, 50);
    const run = await sync({archive, plant, order: 0});

    expect(run.stored?.['laggards']).toMatchObject({
      [pointKey(plant.points[0]!)]: {reason: 'tie_overflow'},
    });
    expect(only(run.records, {points: [plant.points[1]!]})).toHaveLength(1);
  });

  it('is a failure when no point could be read', async () => {
    const plant = plantOf([[1], [2]], 10);
    const archive = new MemoryArchive(plant);
    archive.failing = new Map(plant.points.map(({webId}) => [webId, 403]));
    const run = await sync({archive, plant, order: 0});

    expect(run.failure?.message).toBe('None of the selected points could be read.');
  });

  it('leaves points alone that are selected no more', async () => {
    const plant = plantOf([[1], [2]], 10);
    const archive = new MemoryArchive(plant);
    const first = await sync({archive, plant, order: 0});
    const fewer = {
      ...plant,
      points: plant.points.slice(1),
      now: fromEpochMs(Date.parse(plant.now) + HOUR_MS),
    };
    const second = await sync({archive, plant: fewer, stored: first.stored, order: 0});

    expect(second.records).toEqual([]);
    expect(second.stored?.['watermark']).toBe(fewer.now);
  });

  it('says so when nothing is selected', async () => {
    const plant = {...plantOf([[1]], 10), points: []};
    const run = sync({archive: new MemoryArchive(plant), plant, order: 0});

    await expect(run).rejects.toThrow('The selection holds no point');
  });
});

interface Plant {
  readonly points: readonly PiPoint[];
  readonly events: ReadonlyMap<string, readonly PiTimestamp[]>;
  readonly now: PiTimestamp;
  readonly maxValues: number;
}

/** Up to six points with events on few instants, so that ties and seams are common. */
function plants(): fc.Arbitrary<Plant> {
  const ticks = fc.array(
    fc.record({
      second: fc.nat({max: 48}).map((halfHour) => halfHour * 1800),
      fraction: fc.constantFrom(0, 1, 9_999_999, 5_000_000),
    }),
    {maxLength: 40},
  );
  return fc
    .record({
      points: fc.array(ticks, {minLength: 1, maxLength: 6}),
      maxValues: fc.constantFrom(1, 2, 7, 50, 1000),
    })
    .map(({points, maxValues}) => {
      const instants = points.map((events) =>
        events.map(({second, fraction}) => instant(START_MS + second * 1000, fraction)),
      );
      return plantFrom(instants, START_MS + 24 * HOUR_MS, maxValues);
    });
}

function instant(ms: number, ticks: number): PiTimestamp {
  const digits = String(ticks).padStart(7, '0');
  return piTimestamp(`${new Date(ms).toISOString().slice(0, 19)}.${digits}Z`)!;
}

function plantOf(hours: readonly (readonly number[])[], lastHour: number): Plant {
  const instants = hours.map((of) =>
    of.map((hour) => instant(START_MS + hour * HOUR_MS, 0)),
  );
  return plantFrom(instants, START_MS + lastHour * HOUR_MS, 50);
}

function plantFrom(
  instants: readonly (readonly PiTimestamp[])[],
  nowMs: number,
  maxValues: number,
): Plant {
  const points = instants.map((_, index) => ({
    serverId: index % 2 === 0 ? 'a-server' : 'b-server',
    pointId: 10 + index,
    webId: `W${index}`,
    name: `point ${index}`,
    pointType: 'Float32',
    units: undefined,
    future: false,
  }));
  const events = new Map(
    points.map(({webId}, at) => [webId, [...instants[at]!].sort()]),
  );
  return {points, events, now: fromEpochMs(nowMs), maxValues};
}

/** What must come out: point, timestamp, sequence. */
function truth(
  {points, events}: Pick<Plant, 'points' | 'events'>,
  from: PiTimestamp,
  to: PiTimestamp,
): string[] {
  return points.flatMap(({webId}) => {
    const seen = new Map<string, number>();
    return (events.get(webId) ?? [])
      .filter((at) => at >= from && at < to)
      .map((at) => {
        const sequence = seen.get(at) ?? 0;
        seen.set(at, sequence + 1);
        return `${webId} ${at} ${sequence}`;
      });
  });
}

function only(records: readonly string[], {points}: Pick<Plant, 'points'>): string[] {
  const webIds = new Set(points.map(({webId}) => webId));
  return records.filter((record) => webIds.has(record.split(' ')[0]!));
}

/** Stands in for PI Web API: inclusive windows, pages cut in silence, whole-set 404. */
class MemoryArchive implements Archive {
  failing = new Map<string, number>();
  private readonly events: Map<string, PiTimestamp[]>;

  constructor(
    plant: Plant,
    readonly maxCountLimit = 150_000,
  ) {
    this.events = new Map([...plant.events].map(([webId, at]) => [webId, [...at]]));
  }

  add({webId}: PiPoint, ms: number): void {
    this.events.get(webId)?.push(fromEpochMs(ms));
    this.events.get(webId)?.sort();
  }

  recorded(requests: readonly RecordedRequest[]): Promise<Buffer> {
    const answers = requests.map((request) => [request.id, this.answer(request)]);
    return Promise.resolve(Buffer.from(JSON.stringify(Object.fromEntries(answers))));
  }

  backoff(): Promise<void> {
    return Promise.resolve();
  }

  private answer({webIds, start, end, maxCount}: RecordedRequest): unknown {
    const bad = webIds.find((webId) => this.failing.has(webId));
    if (bad !== undefined) {
      return {Status: this.failing.get(bad), Content: {Errors: ['It failed.']}};
    }
    if (maxCount * webIds.length > this.maxCountLimit) {
      return {Status: 400, Content: {Errors: ['more than the limit']}};
    }
    const streams = webIds.map((webId) => ({
      WebId: webId,
      Items: (this.events.get(webId) ?? [])
        .filter((at) => at >= start && at <= end)
        .slice(0, maxCount)
        .map((at) => ({Timestamp: at.replace(/\.?0*Z$/, 'Z'), Value: 1, Good: true})),
    }));
    return {Status: 200, Content: {Items: streams.reverse()}};
  }
}

interface SyncOptions {
  readonly archive: Archive;
  readonly plant: Plant;
  /** Seed of the order in which slices end. */
  readonly order: number;
  /** After so many outcomes the sync is killed. */
  readonly steps?: number;
  readonly stored?: JsonObject | undefined;
  readonly options?: Partial<TimeseriesOptions>;
}

/** Runs a stream as the engine does: rounds of slices whose outcomes come in any order. */
async function sync({archive, plant, order, steps = Infinity, ...rest}: SyncOptions) {
  const stream = new Timeseries({
    archive,
    points: () => Promise.resolve(plant.points),
    serverNow: () => Promise.resolve(plant.now),
    start: START,
    end: undefined,
    settleMs: 0,
    lookbackMs: 0,
    maxValuesPerResponse: plant.maxValues,
    maxConcurrency: 1,
    log: {error: ignore, warn: ignore, info: ignore, debug: ignore},
    ...rest.options,
  });
  const records: string[] = [];
  let state = stream.decodeState(rest.stored);
  let left = steps;
  for (;;) {
    const outcomes: TimeseriesOutcome[] = [];
    for await (const slice of stream.plan(state)) {
      outcomes.push(await stream.read(slice, sink(records)));
    }
    if (outcomes.length === 0) break;
    const before = JSON.stringify(stream.encodeState(state));
    for (let at = order; outcomes.length > 0 && left > 0; at = at * 7 + 3, left -= 1) {
      const [outcome] = outcomes.splice(at % outcomes.length, 1);
      state = stream.advance(state, outcome!);
    }
    if (left <= 0) break;
    expect(JSON.stringify(stream.encodeState(state))).not.toBe(before);
  }
  const stored = JSON.parse(JSON.stringify(stream.encodeState(state))) as JsonObject;
  return {records, stored, failure: stream.failure(state)};
}

function ignore(): void {
  // Nothing is to be said.
}

function sink(records: string[]): LineSink {
  return {
    envelope: () => ({head: '', tail: '\n'}),
    write: (lines, count) => {
      const parsed = String(lines).trimEnd().split('\n');
      expect(parsed).toHaveLength(count);
      for (const line of parsed) {
        const {tag_webid, timestamp, sequence} = JSON.parse(line) as Record<
          string,
          string
        >;
        records.push(`${tag_webid} ${timestamp} ${sequence}`);
      }
      return Promise.resolve();
    },
  };
}
