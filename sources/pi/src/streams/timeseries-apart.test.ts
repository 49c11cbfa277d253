import {TransientError} from 'airbyte-cdk-ts';

import {fromEpochMs, type PiTimestamp} from '../sync/pi-timestamp';
import {
  HOUR_MS,
  instant,
  MemoryArchive,
  only,
  type Plant,
  plantFrom,
  START,
  START_MS,
  sync,
  truth,
} from './memory-archive.stand-in';

describe('timeseries of several data servers', () => {
  it('reads the others on while one data server is away, and says that it is', async () => {
    const plant = plantOfHours(24);
    const archive = new MemoryArchive(plant);
    const away = plant.points.filter(({serverId}) => serverId === 'a-server');
    archive.failing = new Map(away.map(({webId}) => [webId, 500]));
    const others = plant.points.filter((point) => !away.includes(point));

    const run = await sync({archive, plant, order: 1});

    expect(run.records.sort()).toEqual(
      truth({...plant, points: others}, START, plant.now).sort(),
    );
    expect(run.failure).toBeInstanceOf(TransientError);
    expect(run.failure?.message).toMatch(/one of several data servers/);
  });

  it('reads a data server from where it was left when it is back', async () => {
    const plant = plantOfHours(24);
    const archive = new MemoryArchive(plant);
    const away = plant.points.filter(({serverId}) => serverId === 'a-server');
    archive.failing = new Map(away.map(({webId}) => [webId, 500]));
    const first = await sync({archive, plant, order: 1});

    archive.failing = new Map();
    const {stored} = first;
    const second = await sync({archive, plant, order: 2, stored});

    expect(second.failure).toBeUndefined();
    expect(only(first.records, {points: away})).toEqual([]);
    expect([...first.records, ...second.records].sort()).toEqual(
      truth(plant, START, plant.now).sort(),
    );
    expect(second.stored['laggard_cohorts']).toBeUndefined();
  });

  it('fails and keeps its place where the only data server is away', async () => {
    const all = plantOfHours(80);
    const points = all.points.map((point) => ({...point, serverId: 'a-server'}));
    const plant = {...all, points};
    const archive = new MemoryArchive(plant);
    archive.failing = new Map(points.map(({webId}) => [webId, 500]));

    await expect(sync({archive, plant, order: 1})).rejects.toThrow(/seems to be away/);
  });
});

describe('timeseries of points with future data', () => {
  it('reads what is to come anew with every sync, for such points alone', async () => {
    const plant = withFuture(plantOfHours(4));
    const archive = new MemoryArchive(plant);
    const options = {futureMs: 3 * HOUR_MS};

    const first = await sync({archive, plant, order: 1, options});
    archive.add(plant.points[0]!, START_MS + 14.5 * HOUR_MS);
    const later = {...plant, now: fromEpochMs(Date.parse(plant.now) + HOUR_MS)};
    const {stored} = first;
    const second = await sync({archive, plant: later, order: 1, stored, options});

    expect(hoursOf(first.records, 'W0').slice(-3)).toEqual([12, 13, 14]);
    expect(hoursOf(first.records, 'W1').at(-1)).toBe(11);
    expect(hoursOf(second.records, 'W0')).toEqual([12, 13, 14, 14.5, 15]);
    expect(hoursOf(second.records, 'W1')).toEqual([12]);
  });

  it('reads all of the future again when a sync was cut short', async () => {
    const plant = withFuture(plantOfHours(4));
    const archive = new MemoryArchive(plant);
    const options = {futureMs: 3 * HOUR_MS};
    const whole = await sync({archive, plant, order: 1, options});

    for (let steps = 1; steps < 8; steps += 1) {
      const cut = await sync({archive, plant, order: 1, options, steps});
      const rest = await sync({archive, plant, order: 1, options, stored: cut.stored});

      expect(new Set([...cut.records, ...rest.records])).toEqual(
        new Set(whole.records),
      );
    }
  });

  it('reads all that is to come, also where it is more than a slice should hold', async () => {
    const events = Array.from({length: 500}, (_, at) =>
      instant(START_MS + 12 * HOUR_MS + at * 1000, 0),
    );
    const plant = withFuture({
      ...plantFrom([events], START_MS + 12 * HOUR_MS, 10),
    });
    const archive = new MemoryArchive(plant);

    const {records} = await sync({
      ...{archive, plant, order: 1, options: {futureMs: HOUR_MS}},
    });

    expect(records).toHaveLength(500);
  });

  it('keeps a point apart whose future cannot be read', async () => {
    const plant = withFuture(plantOfHours(4));
    const archive = new MemoryArchive(plant);
    const options = {futureMs: 3 * HOUR_MS};
    const first = await sync({archive, plant, order: 1});
    archive.failing = new Map([['W0', 403]]);

    const {stored} = await sync({
      ...{archive, plant, order: 1, options},
      stored: first.stored,
    });

    expect(stored['laggards']).toMatchObject({
      'a-server/10': {cursor: plant.now, reason: '403'},
    });
  });
});

/** An event at every full hour up to long after now, which is at noon. */
function plantOfHours(points: number): Plant {
  const hours = Array.from({length: 24}, (_, hour): PiTimestamp =>
    instant(START_MS + hour * HOUR_MS, 0),
  );
  const all = Array.from({length: points}, () => hours);
  return plantFrom(all, START_MS + 12 * HOUR_MS, 1000);
}

function withFuture(plant: Plant): Plant {
  const points = plant.points.map((point, at) => ({...point, future: at % 2 === 0}));
  return {...plant, points};
}

function hoursOf(records: readonly string[], webId: string): number[] {
  return records
    .filter((record) => record.startsWith(`${webId} `))
    .map((record) => (Date.parse(record.split(' ')[1] ?? '') - START_MS) / HOUR_MS);
}

describe('timeseries whose start date is moved to an earlier time', () => {
  it('delivers the history before it too, also of points that stand apart', async () => {
    const plant = plantOfHours(6);
    const archive = new MemoryArchive(plant);
    archive.failing = new Map([['W1', 403]]);
    const late = instant(START_MS + 6 * HOUR_MS, 0);
    const first = await sync({archive, plant, order: 1, options: {start: late}});

    archive.failing = new Map();
    const later = {...plant, now: fromEpochMs(Date.parse(plant.now) + HOUR_MS)};
    const {stored} = first;
    const second = await sync({archive, plant: later, order: 1, stored});

    expect(new Set([...first.records, ...second.records])).toEqual(
      new Set(truth(plant, START, later.now)),
    );
  });
});
