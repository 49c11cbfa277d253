import type {JsonObject} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {fromEpochMs} from '../sync/pi-timestamp';
import {pointKey} from '../sync/point-set';
import {
  HOUR_MS,
  instant,
  MemoryArchive,
  only,
  type Plant,
  plantFrom,
  plantOf,
  START,
  START_MS,
  sync,
  truth,
} from './memory-archive.stand-in';

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
          expect(second.stored['laggards']).toBeUndefined();
        },
      ),
      {numRuns: 100, seed: 3},
    );
  });

  it('goes on exactly where a point failed half way, when it heals', async () => {
    const faults = fc.record({
      status: fc.constantFrom<(number | 'left out')[]>(404, 500, 'left out'),
      from: fc.nat({max: 12}),
      length: fc.integer({min: 1, max: 30}),
    });
    await fc.assert(
      fc.asyncProperty(
        plants(),
        faults,
        fc.nat({max: 5}),
        async (plant, fault, index) => {
          const archive = new MemoryArchive(plant);
          const {webId} = plant.points[index % plant.points.length]!;
          archive.failing.set(webId, fault.status);
          archive.failingRequests = {from: fault.from, to: fault.from + fault.length};
          const first = await sync({archive, plant, order: 5});
          archive.failing.clear();
          const now = fromEpochMs(Date.parse(plant.now) + HOUR_MS);
          const later = {archive, plant: {...plant, now}, order: 6};
          const second = await sync({...later, stored: first.stored});

          expect([...first.records, ...second.records].sort()).toEqual(
            truth(plant, START, now).sort(),
          );
        },
      ),
      {numRuns: 300, seed: 5},
    );
  });

  it('asks for windows that end one tick before the next begins', async () => {
    const plant = plantOf([[1, 2, 3]], 10);
    const archive = new MemoryArchive(plant);
    await sync({archive, plant, order: 0});
    const [first, second] = archive.asked;

    expect([first?.end, second?.start]).toEqual([
      '2026-03-01T00:59:59.9999999Z',
      '2026-03-01T01:00:00.0000000Z',
    ]);
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
        expect(second.stored['joining']).toBeUndefined();
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
    expect(second.stored['watermark']).toBe(plant.now);
    expect(second.stored['reread_until']).toBeUndefined();
  });

  it('fails a point whose one timestamp holds more than the server gives at once', async () => {
    const plant = plantOf([new Array<number>(60).fill(3), [4]], 10);
    const archive = new MemoryArchive(plant, 50);
    const run = await sync({archive, plant, order: 0});

    expect(run.stored['laggards']).toMatchObject({
      [pointKey(plant.points[0]!)]: {reason: 'tie_overflow'},
    });
    expect(only(run.records, {points: [plant.points[1]!]})).toHaveLength(1);
  });

  it('is a failure when no point could be read', async () => {
    const plant = plantOf([[1], [2]], 10);
    const archive = new MemoryArchive(plant);
    archive.failing = new Map(plant.points.map(({webId}) => [webId, 403]));
    const run = await sync({archive, plant, order: 0});

    expect(run.failure?.message).toMatch('None of the selected points could be read.');
  });

  it('asks for less where an answer does not come, until it does', async () => {
    const ticks = Array.from({length: 900}, (_, second) =>
      instant(START_MS + second * 1000, 0),
    );
    const plant = plantFrom([ticks, ticks, ticks], START_MS + HOUR_MS, 2000);
    const archive = new MemoryArchive(plant);
    archive.mostValues = 130;
    const run = await sync({archive, plant, order: 0, options: {maxConcurrency: 1}});

    expect(run.records.sort()).toEqual(truth(plant, START, plant.now).sort());
  });

  it('fails as a whole where the server answers nobody', async () => {
    const plant = plantOf([[1], [2]], 10);
    const archive = new MemoryArchive(plant);
    archive.mostValues = -1;

    await expect(sync({archive, plant, order: 0})).rejects.toThrow('PI took too long.');
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
    expect(second.stored['watermark']).toBe(fewer.now);
  });

  it('says so when nothing is selected', async () => {
    const plant = {...plantOf([[1]], 10), points: []};
    const run = sync({archive: new MemoryArchive(plant), plant, order: 0});

    await expect(run).rejects.toThrow('The selection holds no point');
  });
});

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
