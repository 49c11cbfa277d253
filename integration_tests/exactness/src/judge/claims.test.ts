import {claimsOf} from './claims';

const SERVER = 'fddccccd-4366-d2ba-8c8c-83794eff507c';
const at = (hour: number): string => `2026-03-01T0${hour}:00:00.0000000Z`;

describe('claimsOf', () => {
  it('reads the watermark of all points of the front', () => {
    const claims = claimsOf({watermark: at(3), points: {[SERVER]: ids(1, 3, 200)}});

    const cursors = [1, 2, 3, 200].map((id) => claims.cursor(`${SERVER}/${id}`));
    expect(cursors).toEqual([at(3), undefined, at(3), at(3)]);
  });

  it('reads how far each group of an open window has come', () => {
    const window = {
      end: at(5),
      group_size: 1,
      events: 0,
      done: Buffer.from([0b010]).toString('base64'),
      reached: {2: at(4)},
    };
    const claims = claimsOf({
      watermark: at(3),
      points: {[SERVER]: ids(1, 2, 3)},
      window,
    });

    const cursors = [1, 2, 3].map((id) => claims.cursor(`${SERVER}/${id}`));
    expect(cursors).toEqual([at(3), at(5), at(4)]);
    expect(claims.isAtRest).toBe(false);
  });

  it('lets the cursor of a point that stands apart count alone', () => {
    const claims = claimsOf({
      watermark: at(3),
      points: {[SERVER]: ids(1, 2)},
      laggards: {[`${SERVER}/1`]: {cursor: at(1)}},
      laggard_cohorts: [{cursor: at(2), points: {[SERVER]: ids(7)}}],
    });

    const cursors = [1, 2, 7].map((id) => claims.cursor(`${SERVER}/${id}`));
    expect(cursors).toEqual([at(1), at(3), at(2)]);
    expect(claims.isLaggard(`${SERVER}/7`)).toBe(true);
  });

  it('promises nothing where there is no state', () => {
    expect(claimsOf(undefined).cursor(`${SERVER}/1`)).toBeUndefined();
  });
});

/** Differences as base-128 varints. */
function ids(...numbers: readonly number[]): string {
  const bytes: number[] = [];
  let previous = 0;
  for (const number of numbers) {
    let rest = number - previous;
    for (; rest > 127; rest >>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
    previous = number;
  }
  return Buffer.from(bytes).toString('base64');
}
