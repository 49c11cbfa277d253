import fc from 'fast-check';

import {type PointId, pointKey, pointOfKey, PointSet} from './point-set';

describe('PointSet', () => {
  it('holds each point once, in one order', () => {
    fc.assert(
      fc.property(pointLists(), (points) => {
        const set = PointSet.of(points);
        const keys = [...new Set(points.map(pointKey))];
        const listed = set.slice(0, Infinity);

        expect(set.size).toBe(keys.length);
        expect(listed.map(pointKey).sort()).toEqual(keys.sort());
        expect(PointSet.of([...points].reverse()).slice(0, Infinity)).toEqual(listed);
      }),
    );
  });

  it('knows its points and no others', () => {
    fc.assert(
      fc.property(pointLists(), pointLists(), (inside, others) => {
        const set = PointSet.of(inside);
        const keys = new Set(inside.map(pointKey));

        for (const point of [...inside, ...others]) {
          expect(set.has(point)).toBe(keys.has(pointKey(point)));
        }
      }),
    );
  });

  it('is put together again from its slices', () => {
    fc.assert(
      fc.property(pointLists(), fc.integer({min: 1, max: 5}), (points, size) => {
        const set = PointSet.of(points);
        const slices: PointId[] = [];
        for (let from = 0; from < set.size; from += size) {
          slices.push(...set.slice(from, from + size));
        }

        expect(slices).toEqual(set.slice(0, set.size));
      }),
    );
  });

  it('joins and thins out', () => {
    const [a, b, c] = [1, 2, 3].map((pointId) => ({serverId: 's', pointId}));
    const set = PointSet.of([a!, b!]).union(PointSet.of([b!, c!]));

    expect(set.slice(0, 9)).toEqual([a, b, c]);
    expect(set.filter(({pointId}) => pointId !== 2).slice(0, 9)).toEqual([a, c]);
    expect(set.filter(() => true)).toBe(set);
  });
});

describe('pointKey', () => {
  it('can be read back', () => {
    const point = {serverId: '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3', pointId: 4711};

    expect(pointOfKey(pointKey(point))).toEqual(point);
  });

  it.each(['', '/', 'a', 'a/', '/1', 'a/-1', 'a/1.5', 'a/01', 'a/2147483648', 'a/x'])(
    'is not %s',
    (text) => {
      expect(pointOfKey(text)).toBeUndefined();
    },
  );
});

function pointLists(): fc.Arbitrary<PointId[]> {
  return fc.array(
    fc.record({
      serverId: fc.constantFrom('a', 'b', 'c'),
      pointId: fc.oneof(fc.nat({max: 20}), fc.nat()),
    }),
    {maxLength: 30},
  );
}
