import fc from 'fast-check';

import {buildScene} from '../scene';
import {formatFull, parseIso, TICKS_PER_DAY, TICKS_PER_SECOND} from '../time/ticks';
import {acknowledged, isOpen, type EventFrame} from './event-frame';
import {type EventFrames} from './event-frames';

const NOW = parseIso('2026-03-02T06:00:00Z') ?? 0;
const OPTIONS = {now: '2026-03-02T06:00:00Z', historyDays: 12};
const lively = framesOf(true);
const plain = framesOf(false);

function framesOf(frameLife: boolean): EventFrames {
  return buildScene({...OPTIONS, frameLife}).plant.assets.eventFrames[0]!;
}

function all(frames: EventFrames, now = NOW): readonly EventFrame[] {
  return [...frames.overlapping({from: -Infinity, to: Infinity, now})];
}

describe('the life of event frames', () => {
  it('row 39: opens, closes and acknowledges them as time goes by', () => {
    const [frame] = all(plain).filter(
      ({acknowledgement}) => acknowledgement !== undefined,
    );
    const seen = [
      frame!.start - 1,
      frame!.start,
      frame!.end,
      frame!.acknowledgement!.at,
    ].map((now) => {
      const found = plain.find(frame!.guid, now);
      return found && [isOpen(found, now), acknowledged(found, now) !== undefined];
    });

    expect(seen[0]).toBeUndefined();
    expect(seen.slice(1)).toEqual([
      [true, false],
      [false, frame!.acknowledgement!.at <= frame!.end],
      [isOpen(frame!, frame!.acknowledgement!.at), true],
    ]);
  });

  it('row 39: annotates, re-rates, captures again, makes anew and deletes some', () => {
    const before = new Map(all(plain).map((frame) => [frame.guid, frame]));
    const after = all(lively);
    const share = (isSo: (frame: EventFrame, was: EventFrame) => boolean): number =>
      after.filter((frame) => isSo(frame, before.get(frame.origin)!)).length /
      before.size;

    expect(share(({annotations}) => annotations.length > 0)).toBeGreaterThan(0.2);
    expect(share(({severity}, was) => severity !== was.severity)).toBeGreaterThan(0.1);
    expect(share(({recaptures}) => recaptures > 0)).toBeGreaterThan(0.1);
    expect(share(({guid, origin}) => guid !== origin)).toBeGreaterThan(0.05);
    expect(1 - after.length / before.size).toBeGreaterThan(0.02);
  });

  it('row 39: makes frames anew and deletes them with all below them', () => {
    const found = all(lively);
    const guids = new Set(found.map(({guid}) => guid));
    const anew = found.filter(({guid, origin}) => guid !== origin);

    expect(anew.filter(({parent}) => parent !== undefined).length).toBeGreaterThan(2);
    expect(
      found.filter(
        ({guid, origin, parent}) =>
          parent !== undefined &&
          (!guids.has(parent.guid) ||
            (guid === origin) !== (parent.guid === parent.origin)),
      ),
    ).toEqual([]);
    expect(anew.filter(({origin}) => lively.find(origin, NOW) !== undefined)).toEqual(
      [],
    );
  });

  it('finds each frame again by the GUID it has', () => {
    const astray = all(lively).filter(
      (frame) => lively.find(frame.guid, NOW)?.path !== frame.path,
    );

    expect(astray).toEqual([]);
  });

  it('row 39: accounts for every difference between two instants', () => {
    const instant = fc.integer({min: NOW - 10 * TICKS_PER_DAY, max: NOW});
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const then = new Map(
          all(lively, from).map((frame) => [frame.origin, facts(frame)]),
        );
        const changed = all(lively, to)
          .filter(({start}) => start <= from)
          .filter((frame) => then.get(frame.origin) !== facts(frame));

        const planned = new Map(
          [...lively.planned({from, to})].map(({frame, acts}) => [
            frame.guid,
            acts.filter(({at}) => at > from && at <= to),
          ]),
        );

        const unexplained = changed.filter(
          ({origin}) => (planned.get(origin) ?? []).length === 0,
        );
        expect(unexplained.map(({path, start}) => [path, formatFull(start)])).toEqual(
          [],
        );
      }),
      {numRuns: 15, seed: 39},
    );
  });

  it('does nothing to a frame before it has begun', () => {
    const early = [...lively.planned({from: NOW - 10 * TICKS_PER_DAY, to: NOW})].filter(
      ({frame, acts}) => acts.some(({at}) => at < frame.start + TICKS_PER_SECOND),
    );

    expect(early).toEqual([]);
  });
});

function facts({guid, severity, recaptures, annotations}: EventFrame): string {
  return JSON.stringify([guid, severity, recaptures, annotations.length]);
}
