import fc from 'fast-check';

import {HeldPoints, MOST_SPANS} from './held-points';
import {fromEpochMs, type PiTimestamp} from './pi-timestamp';
import {PointSet} from './point-set';

const NOW_MS = Date.UTC(2026, 2, 1);

describe('HeldPoints', () => {
  it('knows between which instants each held back event lies, however many there are', () => {
    fc.assert(
      fc.property(
        fc.array(ages(), {maxLength: 600}),
        fc.array(fc.tuple(fc.nat({max: 599}), fc.option(ages())), {maxLength: 300}),
        (all, changes) => {
          const points = setOf(all.length);
          const list = points.slice(0, points.size);
          const truth = new Map(all.map((age, at) => [at, before(age)]));
          let held = HeldPoints.none(points).with(
            list.map((point, at) => ({point, held: exactly(truth.get(at))})),
            before(0),
          );
          for (const [place, age] of changes) {
            const point = list[place];
            if (point === undefined) continue;
            const instant = age === null ? undefined : before(age);
            if (instant === undefined) truth.delete(place);
            else truth.set(place, instant);
            held = held.with([{point, held: exactly(instant)}], before(0));
          }

          expect(held.spans.length).toBeLessThanOrEqual(MOST_SPANS);

          for (const [at, point] of list.entries()) {
            const known = held.of(point);
            const instant = truth.get(at);

            expect(known === undefined).toBe(instant === undefined);
            expect(known === undefined || known.since <= instant!).toBe(true);
            expect(known === undefined || known.until >= instant!).toBe(true);
          }
        },
      ),
      {numRuns: 60, seed: 1},
    );
  });

  it('knows the very instants of a few', () => {
    const points = setOf(MOST_SPANS);
    const list = points.slice(0, points.size);

    const held = HeldPoints.none(points).with(
      list.map((point, at) => ({point, held: exactly(before(at))})),
      before(0),
    );

    expect(list.map((point) => held.of(point))).toEqual(
      list.map((_, at) => exactly(before(at))),
    );
  });

  it('stays with its points when others come and go', () => {
    const points = setOf(20);
    const held = HeldPoints.none(points).with(
      [{point: id(7), held: exactly(before(5))}],
      before(0),
    );

    const others = PointSet.of([id(3), id(7), id(40)]);

    expect(held.onto(others).of(id(7))).toEqual(exactly(before(5)));
    expect(held.onto(others).of(id(40))).toBeUndefined();
    expect(held.onto(PointSet.of([id(3)])).isEmpty).toBe(true);
  });
});

function id(pointId: number) {
  return {serverId: 'a', pointId};
}

function setOf(count: number): PointSet {
  return PointSet.of(Array.from({length: count}, (_, at) => id(at)));
}

/** Seconds ago, from now to years. */
function ages(): fc.Arbitrary<number> {
  return fc
    .tuple(fc.nat({max: 27}), fc.nat({max: 99}))
    .map(([exponent, share]) => Math.floor(2 ** exponent * (1 + share / 100)));
}

function before(seconds: number): PiTimestamp {
  return fromEpochMs(NOW_MS - seconds * 1000);
}

function exactly(instant: PiTimestamp | undefined) {
  return instant === undefined ? undefined : {since: instant, until: instant};
}
