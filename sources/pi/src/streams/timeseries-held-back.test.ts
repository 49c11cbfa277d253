import type {JsonObject} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {fromEpochMs, type PiTimestamp} from '../sync/pi-timestamp';
import {
  instant,
  MemoryArchive,
  type Plant,
  plantFrom,
  START,
  START_MS,
  sync,
  truth,
} from './memory-archive.stand-in';

const MINUTE_MS = 60_000;

describe('timeseries with hold_back', () => {
  it('delivers a held back event with the sync after PI archived it', async () => {
    const plant = plantAt([[0, 5]], 10);
    const archive = new MemoryArchive(plant);

    const first = await hold(archive, plant);
    archive.add(plant.points[0]!, START_MS + 12 * MINUTE_MS);
    const {stored} = first;
    const second = await hold(archive, later(plant, 20), {stored});

    expect(minutesOf(first.records)).toEqual([0]);
    expect(minutesOf(second.records)).toEqual([5]);
  });

  it('never delivers what compression discarded', async () => {
    const plant = plantAt([[0, 5]], 10);
    const archive = new MemoryArchive(plant);

    const first = await hold(archive, plant);
    archive.discardNewest(plant.points[0]!);
    archive.add(plant.points[0]!, START_MS + 12 * MINUTE_MS);
    archive.add(plant.points[0]!, START_MS + 13 * MINUTE_MS);
    const {stored} = first;
    const second = await hold(archive, later(plant, 20), {stored});

    expect(minutesOf(first.records)).toEqual([0]);
    expect(minutesOf(second.records)).toEqual([12]);
  });

  it('delivers the ghost where the newest value is included', async () => {
    const plant = plantAt([[0, 5]], 10);
    const archive = new MemoryArchive(plant);

    const {records} = await sync({archive, plant, order: 1});

    expect(minutesOf(records)).toEqual([0, 5]);
  });

  it('delivers what was held back when the setting goes back to include', async () => {
    const plant = plantAt([[0, 5]], 10);
    const archive = new MemoryArchive(plant);

    const first = await hold(archive, plant);
    archive.add(plant.points[0]!, START_MS + 12 * MINUTE_MS);
    const stored = first.stored;
    const second = await sync({archive, plant: later(plant, 20), order: 1, stored});

    expect(minutesOf(second.records).sort()).toEqual([12, 5]);
    expect(second.stored['held']).toBeUndefined();
  });

  it('delivers all that PI keeps and nothing else, over syncs, kills and failures', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async ({plant, days, lookback}) => {
        const archive = new MemoryArchive(plant);
        const delivered = new Set<string>();
        const unclaimed = new Set<string>();
        let stored: JsonObject | undefined;
        let end = 0;
        for (const day of days) {
          const changes = day.changes.map((change) => ({...change, end, lookback}));
          for (const change of changes) {
            for (const late of happen(archive, plant, change)) unclaimed.add(late);
          }
          end += 60;
          const now = later(plant, end);
          const faulty = plant.points.filter((_, at) => day.failing === at);
          archive.failing = new Map(faulty.map(({webId}) => [webId, 500]));
          for (const steps of [day.kill, Infinity]) {
            const options = {lookbackMs: lookback * MINUTE_MS};
            const run = await hold(archive, now, {stored, steps, options});
            for (const record of run.records) delivered.add(record);
            stored = run.stored;
          }
        }
        archive.failing = new Map();
        if (plant.points.length > FEW) follow(archive, plant, end);
        const options = {lookbackMs: lookback * MINUTE_MS};
        const last = await hold(archive, later(plant, end + 60), {stored, options});
        for (const record of last.records) delivered.add(record);

        const isClaimed = (record: string): boolean =>
          !unclaimed.has(record.slice(0, record.lastIndexOf(' ')));
        expect([...delivered].filter(isClaimed).sort()).toEqual(
          kept(archive, plant).filter(isClaimed).sort(),
        );
      }),
      {numRuns: 200, seed: 11},
    );
  });
});

interface Change {
  readonly point: number;
  readonly discard: boolean;
  /** Minutes after the end of the last sync, or before it. */
  readonly minutes: readonly number[];
}

interface Happening extends Change {
  readonly end: number;
  readonly lookback: number;
}

interface Story {
  readonly plant: Plant;
  readonly lookback: number;
  readonly days: readonly {
    readonly changes: readonly Change[];
    readonly failing: number;
    readonly kill: number;
  }[];
}

function stories(): fc.Arbitrary<Story> {
  const change = fc.record({
    point: fc.nat({max: 39}),
    discard: fc.boolean(),
    minutes: fc.array(fc.integer({min: -90, max: 59}), {maxLength: 6}),
  });
  const day = fc.record({
    changes: fc.array(change, {maxLength: 40}),
    failing: fc.nat({max: 9}),
    kill: fc.nat({max: 8}),
  });
  return fc.record({
    plant: fc
      .tuple(fc.constantFrom(FEW, FEW, 40), fc.constantFrom(3, 10, 100))
      .map(([points, maxValues]) =>
        plantFrom(
          Array.from({length: points}, () => []),
          START_MS,
          maxValues,
        ),
      ),
    lookback: fc.constantFrom(0, 0, 30, 90),
    days: fc.array(day, {minLength: 1, maxLength: 4}),
  });
}

/**
 * Compression discards only what nothing has followed, and a newer event follows it.
 * @returns the instants of events that come later than the lookback reaches: nobody
 * claims those, but what was held back before them is claimed.
 */
function happen(
  archive: MemoryArchive,
  {points}: Plant,
  {point: at, discard, minutes, end, lookback}: Happening,
): string[] {
  const point = points[at % points.length]!;
  const newest = archive.newestOf(point);
  const fresh =
    newest === undefined || newest < fromEpochMs(START_MS + end * MINUTE_MS);
  if (discard && fresh && minutes.some((minute) => minute >= 0))
    archive.discardNewest(point);
  const instants = minutes.map((minute) => Math.max(0, end + minute));
  for (const instant of instants) archive.add(point, START_MS + instant * MINUTE_MS);
  return instants
    .filter((instant) => instant < end - lookback)
    .map((instant) => `${point.webId} ${fromEpochMs(START_MS + instant * MINUTE_MS)}`);
}

/** So few points that the instant of each is known. */
const FEW = 4;

/** Where many points share what is known, all is due once something follows. */
function follow(archive: MemoryArchive, {points}: Plant, end: number): void {
  for (const point of points) archive.add(point, START_MS + (end + 30) * MINUTE_MS);
}

/** All events but the newest of each point. */
function kept(archive: MemoryArchive, {points}: Plant): string[] {
  return points.flatMap((point) => {
    const events = archive.eventsOf(point);
    const alone = {points: [point], events: new Map([[point.webId, events]])};
    return truth(alone, START, END).slice(0, -1);
  });
}

const END = fromEpochMs(START_MS + 1e9);

function plantAt(minutes: readonly (readonly number[])[], end: number): Plant {
  const instants = minutes.map((of): PiTimestamp[] =>
    of.map((minute) => instant(START_MS + minute * MINUTE_MS, 0)),
  );
  return plantFrom(instants, START_MS + end * MINUTE_MS, 50);
}

function later(plant: Plant, minute: number): Plant {
  return {...plant, now: fromEpochMs(START_MS + minute * MINUTE_MS)};
}

interface More {
  readonly stored?: JsonObject | undefined;
  readonly steps?: number;
  readonly options?: {readonly lookbackMs: number};
}

function hold(archive: MemoryArchive, plant: Plant, more: More = {}) {
  const options = {holdsNewest: true, ...more.options};
  return sync({archive, plant, order: 5, ...more, options});
}

function minutesOf(records: readonly string[]): number[] {
  return records.map(
    (record) => (Date.parse(record.split(' ')[1] ?? '') - START_MS) / MINUTE_MS,
  );
}
