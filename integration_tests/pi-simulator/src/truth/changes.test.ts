import fc from 'fast-check';

import {buildScene, type Scene} from '../scene';
import {formatFull, parseIso, TICKS_PER_DAY, TICKS_PER_SECOND} from '../time/ticks';
import {truthRecords} from './records';

const NOW = parseIso('2026-03-02T06:00:00Z') ?? 0;
const OPTIONS = {
  ...{now: '2026-03-02T06:00:00Z', historyStart: '2026-02-26', points: 96},
  ...{life: true, snapshots: true},
};

const FEW = {...OPTIONS, historyStart: '2026-03-01T06:00:00Z'};

type Told = Record<string, unknown>;

function key(record: Told): string {
  return ['tag_webid', 'timestamp', 'sequence'].map((name) => record[name]).join(' ');
}

/** Everything that a few points hold, by key. */
function held(scene: Scene, to: number): Map<string, string> {
  const window = {from: '2026-02-20', to: formatFull(to)};
  return new Map(
    [...truthRecords(scene, 'timeseries', window)].map((record) => [
      key(record),
      JSON.stringify([record['value'], record['quality_substituted']]),
    ]),
  );
}

function account(scene: Scene, from: number, to: number): readonly Told[] {
  const window = {from: formatFull(from), to: formatFull(to)};
  return [...truthRecords(scene, 'changes', window)];
}

describe('the account of changes', () => {
  it('row 24: explains every difference behind the clock as time goes by', () => {
    const step = fc.integer({min: 60, max: 30 * 3600});
    fc.assert(
      fc.property(step, (seconds) => {
        const scene = buildScene({...FEW, points: 4, plants: 1});
        const before = held(scene, NOW);
        const snapshots = newestOf(before);
        const later = NOW + seconds * TICKS_PER_SECOND;
        scene.clock.advance(later);
        const after = held(scene, NOW);

        const changes = account(scene, NOW + 1, later + 1);
        const told = new Map(
          changes
            .filter((record) => record['timestamp'] !== undefined)
            .map((record) => [key(record), record['action']]),
        );

        const unlike = [...new Set([...before.keys(), ...after.keys()])].filter(
          (id) => before.get(id) !== after.get(id),
        );
        const gone = new Set(
          changes
            .filter((record) => record['timestamp'] === undefined)
            .map((record) => record['tag_webid']),
        );
        const unexplained = unlike.filter(
          (id) => !told.has(id) && !snapshots.has(id) && !gone.has(id.split(' ')[0]),
        );
        expect(unexplained).toEqual([]);
        const moot = [...told.keys()].filter(
          (id) => before.get(id) === after.get(id) && after.has(id),
        );
        expect(moot).toEqual([]);
      }),
      {numRuns: 6, seed: 24},
    );
  });

  it('row 24: has late, edited, deleted and backfilled events of every kind of point', () => {
    const scene = buildScene({...OPTIONS, plants: 1, points: 32});
    const told = account(scene, NOW - TICKS_PER_DAY, NOW);
    const counts = new Map<unknown, number>();
    for (const {action} of told) counts.set(action, (counts.get(action) ?? 0) + 1);

    expect(counts.get('insert_events')).toBeGreaterThan(400);
    expect(counts.get('edit_event')).toBeGreaterThan(200);
    expect(counts.get('delete_event')).toBeGreaterThan(100);
    const late = told
      .filter(({action}) => action === 'insert_events')
      .map(
        ({at, timestamp}) =>
          (Date.parse(at as string) - Date.parse(timestamp as string)) / 60_000,
      );
    expect(Math.min(...late)).toBeLessThan(5);
    expect(Math.max(...late)).toBeGreaterThan(18 * 60);
  });

  it('points and elements come, go, move and change their names, all accounted for', () => {
    const scene = buildScene({...OPTIONS, historyDays: 60, historyStart: '2026-01-01'});
    const actions = new Set(scene.changeBook.all().map(({action}) => action));
    const again = buildScene({...OPTIONS, historyStart: '2026-01-01'});

    expect(actions).toEqual(
      new Set([
        ...['rename_point', 'hide_point', 'show_point', 'remove_point', 'add_point'],
        ...['move_element', 'add_reference', 'rename_element'],
      ]),
    );
    expect(again.changeBook.all()).toEqual(scene.changeBook.all());
    const names = scene.plant.dataServers.flatMap((server) =>
      server.points.map(({name}) => name),
    );
    const renamed = scene.changeBook.all().flatMap(({name}) => name ?? []);
    expect(names.filter((name) => renamed.includes(name)).length).toBeGreaterThan(3);
  });

  it('is the same whether the clock got there in one step or in many', () => {
    const start = NOW - 20 * TICKS_PER_DAY;
    const options = {...OPTIONS, now: formatFull(start), historyStart: '2026-01-01'};
    const [one, many] = [buildScene(options), buildScene(options)];
    one.clock.advance(NOW);
    for (let now = start; now <= NOW; now += TICKS_PER_DAY / 3) {
      many.clock.advance(now);
      many.plant.dataServers.flatMap((server) => server.points);
    }

    expect(many.changeBook.all()).toEqual(one.changeBook.all());
  });

  it('row 39: lists what became of event frames', () => {
    const scene = buildScene({...OPTIONS, life: false, frameLife: true});
    const told = account(scene, NOW - 3 * TICKS_PER_DAY, NOW);

    expect(new Set(told.map(({action}) => action))).toEqual(
      new Set([
        ...['open_frame', 'close_frame', 'acknowledge_frame', 'annotate_frame'],
        ...['set_frame_severity', 'recapture_frame', 'recalculate_frame'],
        'delete_frame',
      ]),
    );
  });
});

/** The newest event of each point. */
function newestOf(rows: ReadonlyMap<string, string>): ReadonlySet<string> {
  const newest = new Map<string, string>();
  for (const id of rows.keys()) newest.set(id.split(' ')[0] ?? '', id);
  return new Set(newest.values());
}
