import fc from 'fast-check';

import {type ArchiveEvent} from '../plant/archive-event';
import {type Point} from '../plant/point';
import {buildScene, type Scene} from '../scene';
import {parseIso, TICKS_PER_DAY, type Ticks} from '../time/ticks';

const NOW = parseIso('2026-03-02T06:00:00Z') ?? 0;
const START = NOW - TICKS_PER_DAY;
const scene = buildScene({now: '2026-03-02T06:00:00Z', historyDays: 1});
const points = scene.plant.dataServers.flatMap((server) => server.points);
const anyPoint = fc.nat({max: points.length - 1}).map((index) => points[index]!);
const instant = fc.integer({min: START - TICKS_PER_DAY, max: NOW + TICKS_PER_DAY});

describe('archive', () => {
  it('holds the same events however the time is cut', () => {
    fc.assert(
      fc.property(anyPoint, instant, instant, instant, (point, ...cuts) => {
        const [a, b, c] = cuts.toSorted((x, y) => x - y) as [Ticks, Ticks, Ticks];

        const whole = read(scene, point, {from: a, to: c});
        const parts = [
          ...read(scene, point, {from: a, to: b}),
          ...read(scene, point, {from: b + 1, to: c}),
        ];

        expect(JSON.stringify(parts)).toBe(JSON.stringify(whole));
      }),
      {numRuns: 40, seed: 7},
    );
  });

  it('reads backwards exactly what it reads forwards', () => {
    fc.assert(
      fc.property(anyPoint, instant, instant, (point, a, b) => {
        const span = {from: Math.min(a, b), to: Math.max(a, b)};
        const backwards: ArchiveEvent[] = [];
        scene.archive.backward(point, span, (event) => {
          backwards.push({...event});
          return true;
        });

        expect(JSON.stringify(backwards.toReversed())).toBe(
          JSON.stringify(read(scene, point, span)),
        );
      }),
      {numRuns: 40, seed: 8},
    );
  });

  it('is in order of time, and every instant is one the archive can keep', () => {
    const wrong: string[] = [];
    for (const point of points) {
      let last = -Infinity;
      scene.archive.forward(point, {from: -Infinity, to: Infinity}, ({ticks}) => {
        if (ticks < last || !isKept(ticks)) wrong.push(`${point.name} ${ticks}`);
        last = ticks;
        return true;
      });
    }

    expect(wrong).toEqual([]);
  });

  it('is the same for the same seed and another for another', () => {
    const span = {from: START, to: NOW};
    const again = buildScene({now: '2026-03-02T06:00:00Z', historyDays: 1});
    const other = buildScene({now: '2026-03-02T06:00:00Z', historyDays: 1, seed: 2});

    expect(read(again, pointNamed(again, 'Alder.U1.TI-001'), span)).toEqual(
      read(scene, pointNamed(scene, 'Alder.U1.TI-001'), span),
    );
    expect(read(other, pointNamed(other, 'Alder.U1.TI-001'), span)).not.toEqual(
      read(scene, pointNamed(scene, 'Alder.U1.TI-001'), span),
    );
  });

  it('only adds events when the clock moves on', () => {
    const moving = buildScene({
      now: '2026-03-02T06:00:00Z',
      historyStart: '2026-03-01T06:00:00Z',
    });
    const point = pointNamed(moving, 'Birch.U1.TI-001');
    const before = read(moving, point, {from: -Infinity, to: Infinity});

    moving.clock.advance(NOW + TICKS_PER_DAY / 24);

    const after = read(moving, point, {from: -Infinity, to: Infinity});
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBeGreaterThan(before.length + 40);
  });

  it('does not depend on how many other points there are', () => {
    const large = buildScene({
      now: '2026-03-02T06:00:00Z',
      historyDays: 1,
      points: 3000,
    });
    const name = 'Alder.U1.TI-001';

    expect(read(large, pointNamed(large, name), {from: START, to: NOW})).toEqual(
      read(scene, pointNamed(scene, name), {from: START, to: NOW}),
    );
  });
});

function isKept(ticks: Ticks): boolean {
  const ofSecond = ticks - Math.floor(ticks / 10_000_000) * 10_000_000;
  const unit = Math.ceil((ofSecond * 512) / 78_125);
  return Math.floor((unit * 78_125) / 512) === ofSecond;
}

function pointNamed({plant}: Scene, name: string): Point {
  return plant.dataServers
    .flatMap((server) => server.points)
    .find((point) => point.name === name)!;
}

function read(
  {archive}: Scene,
  point: Point,
  span: {from: Ticks; to: Ticks},
): ArchiveEvent[] {
  const events: ArchiveEvent[] = [];
  archive.forward(point, span, (event) => {
    events.push({...event});
    return true;
  });
  return events;
}
