import type {HeldBack} from './held-back';
import {latest, msBetween} from './instants';
import type {PiTimestamp} from './pi-timestamp';
import type {PointId, PointSet} from './point-set';

/** A point and what is held back of it; undefined: nothing. */
export interface HeldPoint {
  readonly point: PointId;
  readonly held: HeldBack | undefined;
}

/** So many spans of time are told apart: half a byte a point, 0 for nothing. */
export const MOST_SPANS = 15;
/** Indexes are bytes while points are put in. */
const MOST_TOGETHER = 200;
const SECOND_MS = 1000;

/**
 * What is held back of many points: an index a point into a few spans of time. In a
 * small plant each is the very instant; in a large one, instants that are about as long
 * ago share one. A value; changes give another.
 */
export class HeldPoints {
  constructor(
    private readonly points: PointSet,
    /** Per point, in the order of the set: 0, or 1 + the place of its span. */
    readonly indexes: Uint8Array,
    readonly spans: readonly HeldBack[],
  ) {}

  static none(points: PointSet): HeldPoints {
    return new HeldPoints(points, new Uint8Array(points.size), []);
  }

  of(point: PointId): HeldBack | undefined {
    const at = this.points.position(point);
    const index = at === undefined ? 0 : (this.indexes[at] ?? 0);
    return index === 0 ? undefined : this.spans[index - 1];
  }

  /** What is known when the points were read up to `reached`. Others are passed over. */
  with(points: readonly HeldPoint[], reached: PiTimestamp): HeldPoints {
    if (points.length === 0) return this;
    const table = {indexes: Uint8Array.from(this.indexes), spans: [...this.spans]};
    for (const {point, held} of points) {
      const at = this.points.position(point);
      if (at === undefined) continue;
      table.indexes[at] = held === undefined ? 0 : 1 + placeOf(held, table.spans);
      if (table.spans.length >= MOST_TOGETHER) merge(table, reached);
    }
    merge(table, reached);
    return new HeldPoints(this.points, table.indexes, table.spans);
  }

  /** The same for another set of points; of a point that is new there nothing is held. */
  onto(points: PointSet): HeldPoints {
    if (points === this.points) return this;
    const indexes = new Uint8Array(points.size);
    const all = this.points.slice(0, this.points.size);
    for (const [at, point] of all.entries()) {
      const there = this.indexes[at] === 0 ? undefined : points.position(point);
      if (there !== undefined) indexes[there] = this.indexes[at] ?? 0;
    }
    return new HeldPoints(points, indexes, this.spans);
  }

  /** The points of which something is held back. */
  get all(): readonly HeldPoint[] {
    return this.points.slice(0, this.points.size).flatMap((point) => {
      const held = this.of(point);
      return held === undefined ? [] : [{point, held}];
    });
  }

  get isEmpty(): boolean {
    return this.indexes.every((index) => index === 0);
  }
}

function placeOf({since, until}: HeldBack, spans: HeldBack[]): number {
  const known = spans.findIndex((span) => span.since === since && span.until === until);
  return known >= 0 ? known : spans.push({since, until}) - 1;
}

interface Table {
  readonly indexes: Uint8Array;
  readonly spans: HeldBack[];
}

/** Leaves out spans that no point has, then joins neighbours until they are few. */
function merge({indexes, spans}: Table, reached: PiTimestamp): void {
  const used = new Set(indexes);
  const kept = spans.flatMap((span, place) =>
    used.has(place + 1) ? [{...span, places: [place]}] : [],
  );
  kept.sort((a, b) => (a.since < b.since ? -1 : 1));
  while (kept.length > MOST_SPANS) {
    const place = nearestPair(kept.map(({since}) => msBetween(since, reached)));
    const [older, newer] = kept.slice(place, place + 2);
    if (older === undefined || newer === undefined) break;
    kept.splice(place, 2, {
      since: older.since,
      until: latest(older.until, newer.until),
      places: [...older.places, ...newer.places],
    });
  }
  const moved = new Uint8Array(256);
  kept.forEach(({places}, to) => {
    for (const place of places) moved[place + 1] = to + 1;
  });
  for (const [at, index] of indexes.entries()) indexes[at] = moved[index] ?? 0;
  spans.splice(0, spans.length, ...kept.map(({since, until}) => ({since, until})));
}

/** The first of two neighbours, oldest first, whose ages differ by the smallest factor. */
function nearestPair(agesMs: readonly number[]): number {
  let best = 0;
  let least = Infinity;
  for (let place = 0; place + 1 < agesMs.length; place += 1) {
    const older = Math.max(SECOND_MS, agesMs[place] ?? 0);
    const newer = Math.max(SECOND_MS, agesMs[place + 1] ?? 0);
    if (older / newer >= least) continue;
    least = older / newer;
    best = place;
  }
  return best;
}

/** What is held back for a set of points, of what was known and what came new. */
export function heldOnto(
  points: PointSet,
  known: HeldPoints | undefined,
  {held, reached}: {readonly held: readonly HeldPoint[]; readonly reached: PiTimestamp},
): HeldPoints | undefined {
  if (known === undefined && held.length === 0) return undefined;
  return (known?.onto(points) ?? HeldPoints.none(points)).with(held, reached);
}
