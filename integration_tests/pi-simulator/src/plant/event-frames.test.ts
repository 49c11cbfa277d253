import fc from 'fast-check';

import {buildScene} from '../scene';
import {parseIso, TICKS_PER_DAY} from '../time/ticks';
import {type EventFrame} from './event-frame';

const NOW = parseIso('2026-03-02T06:00:00Z') ?? 0;
const START = NOW - 12 * TICKS_PER_DAY;
const scene = buildScene({now: '2026-03-02T06:00:00Z', historyDays: 12});
const source = scene.plant.assets.eventFrames[0]!;
const all = [...source.overlapping({from: -Infinity, to: Infinity, now: NOW})];
const instant = fc.integer({min: START - TICKS_PER_DAY, max: NOW + TICKS_PER_DAY});

describe('event frames of a plant', () => {
  it('are the same whatever window they are looked for in', () => {
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];

        const found = [...source.overlapping({from, to, now: NOW})];

        const expected = all.filter(({start, end}) => start <= to && end >= from);
        expect(guids(found)).toEqual(guids(expected));
      }),
      {numRuns: 50, seed: 9},
    );
  });

  it('are found again by their GUID, and not before they have begun', () => {
    for (const frame of all) {
      expect(source.find(frame.guid, NOW)?.path).toBe(frame.path);
      expect(source.find(frame.guid, frame.start - 1)).toBeUndefined();
    }
  });

  it('lie inside their parents and refer to elements', () => {
    const astray = all.filter(
      ({start, end, parent, elements}) =>
        end <= start ||
        elements.length === 0 ||
        (parent !== undefined && (start < parent.start || end > parent.end)),
    );

    expect(astray.map(({path}) => path)).toEqual([]);
  });
});

function guids(frames: readonly EventFrame[]): readonly string[] {
  return frames.map(({guid}) => guid).toSorted();
}
