import fc from 'fast-check';

import {auditedPoints, habitShown, isAudited, verdictOf} from './audit';
import {floatPoint} from './float-point.stand-in';
import type {PiPoint} from './pi-point';
import {fromEpochMs} from './pi-timestamp';
import {PointSet} from './point-set';

const NOW_MS = Date.UTC(2026, 2, 1);

describe('auditedPoints', () => {
  it('takes a bounded share, the same for the same sync', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(1e9), (count, seconds) => {
        const now = fromEpochMs(NOW_MS + seconds * 1000);
        const points = setOf(count);

        const audited = auditedPoints('sample', points, now);

        expect(audited.size).toBeLessThanOrEqual(Math.max(16, Math.ceil(count / 32)));
        expect(audited.minus(points).size).toBe(0);
        expect(audited.size === 0).toBe(count === 0);
        expect([...audited.byServer()]).toEqual([
          ...auditedPoints('sample', points, now).byServer(),
        ]);
      }),
      {numRuns: 100, seed: 1},
    );
  });

  it('sees every point in the end, whatever the rhythm of the syncs', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 2000}),
        fc.integer({min: 60, max: 700_000}),
        (count, everySeconds) => {
          let unseen = setOf(count);
          for (let sync = 0; sync < 500 && unseen.size > 0; sync += 1) {
            const now = fromEpochMs(NOW_MS + sync * everySeconds * 1000);
            unseen = unseen.minus(auditedPoints('sample', setOf(count), now));
          }

          expect(unseen.size).toBe(0);
        },
      ),
      {numRuns: 40, seed: 1},
    );
  });

  it('takes all where all are wanted, and none where none are', () => {
    const points = setOf(100);
    const now = fromEpochMs(NOW_MS);

    expect(auditedPoints('full', points, now).size).toBe(100);
    expect(auditedPoints('off', points, now).size).toBe(0);
  });

  it('lets a loaded gap be audited out of turn, but not where nothing is', () => {
    const span = {point: point(1), healed: true};

    expect(isAudited(span, 'sample', PointSet.EMPTY)).toBe(true);
    expect(isAudited({...span, healed: false}, 'sample', PointSet.EMPTY)).toBe(false);
    expect(isAudited(span, 'off', PointSet.EMPTY)).toBe(false);
  });
});

describe('habitShown', () => {
  it('tells which events PI counts, where that makes a difference', () => {
    const read = {events: 10, notGood: 2};

    expect(habitShown(read, {kind: 'count', events: 10})).toBe('all');
    expect(habitShown(read, {kind: 'count', events: 8})).toBe('good');
    expect(habitShown(read, {kind: 'count', events: 9})).toBeUndefined();
    expect(habitShown(read, {kind: 'no_data'})).toBeUndefined();
    expect(
      habitShown({events: 10, notGood: 0}, {kind: 'count', events: 10}),
    ).toBeUndefined();
  });

  it('makes the other number a difference', () => {
    const read = {events: 10, notGood: 2};

    expect(verdictOf(read, {kind: 'count', events: 8}, 'all').verdict).toBe('differs');
    expect(verdictOf(read, {kind: 'count', events: 10}, 'good').verdict).toBe(
      'differs',
    );
    expect(verdictOf(read, {kind: 'count', events: 8}, 'good').verdict).toBe('equal');
    expect(
      verdictOf({events: 3, notGood: 0}, {kind: 'count', events: 3}, 'good').verdict,
    ).toBe('equal');
  });
});

describe('verdictOf', () => {
  it('is equal for every faithful reading, whichever events PI counts', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.boolean(), (good, notGood, all) => {
        const counted = all ? good + notGood : good;
        const read = {events: good + notGood, notGood};

        const {verdict} = verdictOf(read, {kind: 'count', events: counted});

        expect(verdict).toBe('equal');
      }),
      {seed: 1},
    );
  });

  it('differs whenever an event is lost or made up, where all are good', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (events, counted) => {
        const found = verdictOf({events, notGood: 0}, {kind: 'count', events: counted});

        expect(found.verdict).toBe(events === counted ? 'equal' : 'differs');
        expect(found.counted).toBe(counted);
        expect(found.reason === undefined).toBe(events === counted);
      }),
      {seed: 1},
    );
  });

  it.each([
    [{events: 0, notGood: 0}, 'equal'],
    [{events: 3, notGood: 3}, 'equal'],
    [{events: 3, notGood: 1}, 'differs'],
  ] as const)('takes No Data for a count of nothing: %j is %s', (read, verdict) => {
    expect(verdictOf(read, {kind: 'no_data'})).toMatchObject({verdict, counted: 0});
  });

  it('tells why there is no count', () => {
    const found = verdictOf(
      {events: 3, notGood: 0},
      {kind: 'none', reason: 'PI refused.'},
    );

    expect(found).toEqual({
      verdict: 'not_counted',
      counted: undefined,
      reason: 'PI refused.',
    });
  });
});

function setOf(count: number): PointSet {
  return PointSet.of(Array.from({length: count}, (_, index) => point(index)));
}

function point(index: number): PiPoint {
  return {...floatPoint(index), serverId: index % 3 === 0 ? 'a' : 'b'};
}
