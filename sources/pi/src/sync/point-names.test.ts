import fc from 'fast-check';

import {PointNames, pointNames} from './point-names';

const SERVER = '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3';
const OTHER = '0e5b9c31-8f24-4d17-b3a6-6c2d7e10f9a8';

interface Named {
  readonly serverId: string;
  readonly pointId: number;
  readonly name: string;
}

const pointId = fc.oneof(fc.nat(300), fc.nat(0x7fff_ffff));
const named = fc.uniqueArray(
  fc.record({
    serverId: fc.constantFrom(SERVER, OTHER),
    pointId,
    name: fc.string(),
  }),
  {selector: ({serverId, pointId: id}) => `${serverId}/${id}`, maxLength: 80},
);

describe('PointNames', () => {
  it('knows after a way through a state what it knew before', () => {
    fc.assert(
      fc.property(named, (points) => {
        const stored: unknown = JSON.parse(
          JSON.stringify(PointNames.of(points).encode()),
        );

        const names = pointNames.parse(stored);

        expect(points.every((point) => names.change(point) === 'same')).toBe(true);
        expect(names.points.size).toBe(points.length);
        expect(names.encode()).toEqual(stored);
      }),
      {numRuns: 300, seed: 1},
    );
  });

  it('tells points apart that it never knew', () => {
    const names = PointNames.of([{serverId: SERVER, pointId: 7, name: 'TI'}]);

    expect(names.change({serverId: SERVER, pointId: 8, name: 'TI'})).toBe('unknown');
    expect(names.change({serverId: OTHER, pointId: 7, name: 'TI'})).toBe('unknown');
  });

  it('notices nearly every rename, also in large plants', () => {
    for (const count of [1000, 100_000]) {
      const points = plant(count, 4);
      const names = PointNames.of(points);

      const missed = points.filter(
        (point) => names.change({...point, name: `${point.name}A`}) === 'same',
      );

      expect(missed.length / count).toBeLessThan(1 / 100);
    }
  });

  it.each([
    [30_000, 1, 64_000],
    [30_000, 3, 64_000],
    [100_000, 3, 210_000],
    [100_000, 200, 400_000],
  ])('keeps %i points, one id in %i, below %i characters', (count, gap, most) => {
    const {length} = JSON.stringify(PointNames.of(plant(count, gap)).encode());

    expect(length).toBeLessThan(most);
  });

  it('refuses what it has not written', () => {
    const stored = PointNames.of(plant(50, 3)).encode();

    expect(pointNames.safeParse({...stored, names: ''}).success).toBe(false);
    expect(pointNames.safeParse({...stored, bits: 99}).success).toBe(false);
    const servers = {[SERVER]: {count: 50, low_bits: 1, ids: 'AA=='}};
    expect(pointNames.safeParse({...stored, servers}).success).toBe(false);
  });
});

/** Ids in gaps that vary about `gap`. */
function plant(count: number, gap: number): Named[] {
  let id = 0;
  return Array.from({length: count}, (_, index) => {
    id += gap === 1 ? 1 : 1 + ((index * 7919) % (2 * gap - 1));
    return {serverId: SERVER, pointId: id, name: `Plant.Unit${index % 97}.TI-${index}`};
  });
}
