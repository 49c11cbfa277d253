import fc from 'fast-check';

import {type ArchiveEvent} from '../plant/archive-event';
import {type Point} from '../plant/point';
import {UsageError} from '../plant/usage-error';
import {buildScene, type Scene, type SceneOptions} from '../scene';
import {formatFull, parseIso, TICKS_PER_SECOND} from '../time/ticks';
import {truthRecords} from '../truth/records';
import {type Change, type ChangeRecord} from './change';

const NOW = '2026-03-02T06:00:00Z';
const NOW_TICKS = parseIso(NOW) ?? 0;
const T = (second: number, digits = '0000000'): string =>
  `2026-03-01T00:00:${String(second).padStart(2, '0')}.${digits}Z`;

function storedScene(values: readonly (readonly [string, number])[]): Scene {
  return buildScene({
    now: NOW,
    plants: 0,
    points: 0,
    stored: [
      {
        name: 'p',
        type: 'Int32',
        events: values.map(([timestamp, value]) => ({timestamp, value})),
      },
    ],
  });
}

function rows(scene: Scene, name = 'p'): readonly unknown[] {
  const window = {from: '2026-02-01', to: '2027-01-01'};
  return [...truthRecords(scene, 'timeseries', window)]
    .filter((record) => record['tag_name'] === name)
    .map((record) => [
      record['timestamp'],
      record['sequence'],
      record['value'] ?? record['digital_code'],
      record['quality_substituted'],
    ]);
}

describe('changes of events', () => {
  it('row 24: inserts behind what is there, ties behind their ties', () => {
    const scene = storedScene([
      [T(1), 1],
      [T(3), 3],
    ]);

    scene.changeBook.make({
      action: 'insert_events',
      point: 'p',
      events: [
        {timestamp: T(3), value: 33},
        {timestamp: T(2), value: 2},
        {timestamp: T(0), value: 0},
        {timestamp: T(3), value: 333},
        {timestamp: '2026-03-02T06:10:00Z', value: 9},
      ],
    });

    expect(rows(scene)).toEqual([
      [T(0), 0, 0, false],
      [T(1), 0, 1, false],
      [T(2), 0, 2, false],
      [T(3), 0, 3, false],
      [T(3), 1, 33, false],
      [T(3), 2, 333, false],
      ['2026-03-02T06:10:00.0000000Z', 0, 9, false],
    ]);
  });

  it('row 24: edits and deletes one of several events on an instant', () => {
    const scene = storedScene([
      [T(1), 1],
      [T(1), 2],
      [T(1), 3],
    ]);
    const event = {point: 'p', timestamp: T(1)};

    scene.changeBook.make({...event, action: 'edit_event', sequence: 1, value: 22});
    scene.changeBook.make({...event, action: 'delete_event'});

    expect(rows(scene)).toEqual([
      [T(1), 0, 22, true],
      [T(1), 1, 3, false],
    ]);
  });

  it('row 24: deletes a span, and takes events in it again afterwards', () => {
    const scene = storedScene([
      [T(1), 1],
      [T(2), 2],
      [T(3), 3],
    ]);

    scene.changeBook.make({
      action: 'insert_events',
      point: 'p',
      events: [{timestamp: T(2, '0000001'), value: 4}],
    });
    scene.changeBook.make({action: 'delete_events', point: 'p', from: T(1), to: T(3)});
    scene.changeBook.make({
      action: 'insert_events',
      point: 'p',
      events: [{timestamp: T(2), value: 5}],
    });

    expect(rows(scene)).toEqual([
      [T(2), 0, 5, false],
      [T(3), 0, 3, false],
    ]);
  });

  it('row 24: reach computed series in any number, read forwards, backwards and cut', () => {
    const options: SceneOptions = {now: NOW, historyDays: 1};
    const change = fc.record({
      kind: fc.constantFrom('insert', 'edit', 'delete', 'span'),
      place: fc.nat({max: 1300}),
      value: fc.integer(),
    });
    fc.assert(
      fc.property(
        fc.array(change, {maxLength: 12}),
        fc.nat({max: 1300}),
        (list, cut) => {
          const scene = buildScene(options);
          const [point] = scene.plant.dataServers[0]!.points;
          const model = read(scene, point!).map((event) => ({...event}));
          for (const {kind, place, value} of list) {
            const target = model[place % model.length]!;
            applyBoth(scene, point!, {model, kind, target, value});
          }

          const seam = model[cut % model.length]!.ticks;

          expect(json(read(scene, point!))).toBe(json(model));
          expect(json(readBackwards(scene, point!).toReversed())).toBe(json(model));
          expect(
            json([
              ...read(scene, point!, {to: seam - 1}),
              ...read(scene, point!, {from: seam}),
            ]),
          ).toBe(json(model));
        },
      ),
      {numRuns: 30, seed: 24},
    );
  });

  it.each([
    [{action: 'no'}, 'unknown'],
    [{action: 'rename_point', point: 'p'}, '"name" must be a string'],
    [{action: 'remove_point', point: 'p', by: 'me'}, '"by" is unknown'],
    [{action: 'remove_point', point: 'q'}, 'no point "q"'],
    [{action: 'delete_event', point: 'p', timestamp: T(7)}, 'holds no event 0'],
    [
      {
        action: 'insert_events',
        point: 'p',
        events: [{timestamp: '2026-03-02T06:10:00.0000001Z', value: 1}],
      },
      'ten minutes ahead',
    ],
    [{action: 'edit_event', point: 'p', timestamp: T(1), value: 'x'}, 'cannot hold'],
  ])('refuse %j and change nothing', (change, message) => {
    const scene = storedScene([[T(1), 1]]);
    const make = (): ChangeRecord => scene.changeBook.make(change as Change);

    expect(make).toThrow(UsageError);
    expect(make).toThrow(message);
    expect(rows(scene)).toEqual([[T(1), 0, 1, false]]);
    expect(scene.changeBook.all()).toEqual([]);
  });
});

interface Applied {
  readonly model: ArchiveEvent[];
  readonly kind: string;
  readonly target: ArchiveEvent;
  readonly value: number;
}

/** Makes one change in the archive and in a plain list of what it must hold. */
function applyBoth(
  {changeBook}: Scene,
  {name}: Point,
  {model, kind, target, value}: Applied,
): void {
  const timestamp = formatFull(target.ticks);
  const ties = model.filter(({ticks}) => ticks === target.ticks);
  const sequence = ties.indexOf(target);
  const index = model.indexOf(target);
  const number = {kind: 'number', number: value, text: ''} as const;
  if (kind === 'insert') {
    changeBook.make({
      ...{action: 'insert_events', point: name, events: [{timestamp, value}]},
    });
    const behind = index - sequence + ties.length;
    model.splice(behind, 0, {...number, ticks: target.ticks, flags: 0});
  } else if (kind === 'edit') {
    changeBook.make({action: 'edit_event', point: name, timestamp, sequence, value});
    model[index] = {...target, ...number, flags: target.flags | 2};
  } else if (kind === 'delete') {
    changeBook.make({action: 'delete_event', point: name, timestamp, sequence});
    model.splice(index, 1);
  } else {
    const end = target.ticks + 600 * TICKS_PER_SECOND;
    const to = formatFull(end);
    changeBook.make({action: 'delete_events', point: name, from: timestamp, to});
    const left = model.filter(({ticks}) => ticks < target.ticks || ticks >= end);
    model.splice(0, model.length, ...left);
  }
}

function read(
  {archive}: Scene,
  point: Point,
  {from = -Infinity, to = NOW_TICKS} = {},
): ArchiveEvent[] {
  const found: ArchiveEvent[] = [];
  archive.forward(point, {from, to}, (event) => {
    found.push({...event});
    return true;
  });
  return found;
}

function readBackwards({archive}: Scene, point: Point): ArchiveEvent[] {
  const found: ArchiveEvent[] = [];
  archive.backward(point, {from: -Infinity, to: Infinity}, (event) => {
    found.push({...event});
    return true;
  });
  return found;
}

/** Members in one order, whoever made the event. */
function json(list: readonly ArchiveEvent[]): string {
  return JSON.stringify(
    list.map(({ticks, kind, number, text, flags}) => [
      ticks,
      kind,
      number,
      text,
      flags,
    ]),
  );
}
