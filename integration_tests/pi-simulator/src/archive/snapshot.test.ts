import fc from 'fast-check';

import {buildScene, type Scene} from '../scene';
import {withSimulator} from '../test-client';
import {parseIso, TICKS_PER_SECOND} from '../time/ticks';
import {truthRecords} from '../truth/records';

const NOW = '2026-03-02T06:00:00Z';
const AT = (minute: number): string =>
  `2026-03-02T05:${String(minute).padStart(2, '0')}:00.0000000Z`;
const COMPRESSED = {
  name: 'p',
  type: 'Float64',
  compressed: true,
  events: [
    {timestamp: AT(10), value: 10},
    {timestamp: AT(20), value: 20, ghost: true},
    {timestamp: AT(30), value: 30, ghost: true},
    {timestamp: AT(40), value: 40},
  ],
} as const;
const ALONE = {plants: 0, points: 0, stored: [COMPRESSED]};
const WINDOW = {from: '2026-03-02', to: '2026-03-03'};

function minutes(scene: Scene, snapshot: 'include' | 'leave_out' = 'include'): unknown {
  return [...truthRecords(scene, 'timeseries', {...WINDOW, snapshot})].map((record) =>
    Number(String(record['timestamp']).slice(14, 16)),
  );
}

describe('snapshot', () => {
  it('row 23: is the last value until a newer one comes, which may discard it', async () => {
    await withSimulator({...ALONE, now: AT(10)}, async (client) => {
      const {Links} = await client.point('p');
      const seen: unknown[] = [];
      for (const minute of [10, 20, 29, 30, 40]) {
        client.simulator.advanceClock(AT(minute));
        const {body} = await client.get(`${Links.RecordedData}?startTime=*-1h`);
        const end = await client.get(Links.RecordedData.replace('recorded', 'end'));
        const value = await client.get(Links.RecordedData.replace('recorded', 'value'));
        seen.push([
          ...body.Items.map(({Value}) => Number(Value)),
          [end.body.Value, value.body.Value],
        ]);
      }

      expect(seen).toEqual([
        [10, [10, 10]],
        [10, 20, [20, 20]],
        [10, 20, [20, 20]],
        [10, 30, [30, 30]],
        [10, 40, [40, 40]],
      ]);
    });
  });

  it('row 23: stays when a late event comes, which goes straight to the archive', () => {
    const scene = buildScene({...ALONE, now: AT(30)});

    scene.changeBook.make({
      action: 'insert_events',
      point: 'p',
      events: [{timestamp: AT(25), value: 25}],
    });
    const late = minutes(scene);
    scene.changeBook.make({
      action: 'insert_events',
      point: 'p',
      events: [{timestamp: AT(30), value: 31}],
    });

    expect([late, minutes(scene)]).toEqual([
      [10, 25, 30],
      [10, 25, 30],
    ]);
    expect([...truthRecords(scene, 'timeseries', WINDOW)].at(-1)?.['value']).toBe(31);
  });

  it('does not bring back what was discarded when it is deleted itself', () => {
    const scene = buildScene({...ALONE, now: AT(30)});

    scene.changeBook.make({action: 'delete_event', point: 'p', timestamp: AT(30)});

    expect(minutes(scene)).toEqual([10]);
  });

  it('row 23: is left out of the truth on request, and of nothing else', () => {
    const scene = buildScene({...ALONE, now: AT(30)});
    scene.changeBook.make({
      action: 'insert_events',
      point: 'p',
      events: [{timestamp: AT(35), value: 35}],
    });
    const early = {...WINDOW, to: AT(35), snapshot: 'leave_out'} as const;

    expect(minutes(scene)).toEqual([10, 35]);
    expect(minutes(scene, 'leave_out')).toEqual([10]);
    expect([...truthRecords(scene, 'timeseries', early)]).toHaveLength(1);
  });

  it('row 23: of computed points loses about a third of what it once was', () => {
    const options = {now: NOW, historyDays: 1, plants: 1, points: 1};
    const count = (scene: Scene): number =>
      [
        ...truthRecords(scene, 'timeseries', {from: '2026-03-01', to: '2026-03-02'}),
      ].filter((record) => record['tag_name'] === 'Alder.U1.TI-001').length;

    const share =
      count(buildScene({...options, snapshots: true})) / count(buildScene(options));

    expect(share).toBeGreaterThan(0.6);
    expect(share).toBeLessThan(0.73);
  });

  it('row 23: is all that goes as time passes, and only when something newer is there', () => {
    const end = parseIso(NOW) ?? 0;
    const steps = fc.array(fc.nat({max: 900}), {minLength: 1, maxLength: 20});
    fc.assert(
      fc.property(steps, (list) => {
        const scene = buildScene({
          ...{now: NOW, historyStart: '2026-03-02', snapshots: true, points: 3},
        });
        let now = end;
        let before = held(scene);
        for (const seconds of list) {
          now += seconds * TICKS_PER_SECOND;
          scene.clock.advance(now);
          const after = held(scene);
          const newest = before.at(-1) ?? 0;

          const left = after.filter((ticks) => ticks <= newest);

          const isReplaced = after.length > left.length;
          expect(isReplaced ? [before, before.slice(0, -1)] : [before]).toContainEqual(
            left,
          );
          before = after;
        }
      }),
      {numRuns: 40, seed: 23},
    );
  });
});

function held({plant, archive}: Scene): readonly number[] {
  const [point] = plant.dataServers[0]!.points;
  const found: number[] = [];
  const span = {from: -Infinity, to: Infinity};
  archive.forward(point!, span, ({ticks}) => found.push(ticks) > 0);
  return found;
}
