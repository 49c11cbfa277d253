import {NO_MARKS, type PointMarks} from './held-back';
import type {PointId, PointSet} from './point-set';

/** A bit per point for each of its marks, in the order of the set. */
export interface MarkBits {
  readonly held: Uint8Array;
  readonly single: Uint8Array;
  readonly old: Uint8Array;
}

const KINDS = ['held', 'single', 'old'] as const;

/** A point and what is known of it now. */
export interface MarkedPoint {
  readonly point: PointId;
  readonly marks: PointMarks;
}

/** The marks of many points: three bits each. A value; changes give another. */
export class FrontMarks {
  constructor(
    private readonly points: PointSet,
    readonly bits: MarkBits,
  ) {}

  static none(points: PointSet): FrontMarks {
    const empty = (): Uint8Array => new Uint8Array(bytesFor(points));
    return new FrontMarks(points, {held: empty(), single: empty(), old: empty()});
  }

  of(point: PointId): PointMarks {
    const at = this.points.position(point);
    if (at === undefined) return NO_MARKS;
    const {held, single, old} = this.bits;
    return {held: isSet(held, at), single: isSet(single, at), old: isSet(old, at)};
  }

  /** Points that are not in the set are passed over. */
  with(marked: readonly MarkedPoint[]): FrontMarks {
    if (marked.length === 0) return this;
    const bits = this.copied();
    for (const {point, marks} of marked) {
      const at = this.points.position(point);
      if (at === undefined) continue;
      for (const kind of KINDS) put(bits[kind], at, marks[kind]);
    }
    return new FrontMarks(this.points, bits);
  }

  /** The marks that something makes of each. */
  map(change: (marks: PointMarks) => PointMarks): FrontMarks {
    const changed = this.marked.map(({point, marks}) => ({
      point,
      marks: change(marks),
    }));
    return FrontMarks.none(this.points).with(changed);
  }

  /** The same marks for another set of points; a point that is new there has none. */
  onto(points: PointSet): FrontMarks {
    return points === this.points ? this : FrontMarks.none(points).with(this.marked);
  }

  /** No longer sure of what stands alone, at the positions `[from, to)`. */
  unsure(from: number, to: number): FrontMarks {
    const bits = this.copied();
    for (let at = from; at < Math.min(to, this.points.size); at += 1) {
      put(bits.single, at, false);
    }
    return new FrontMarks(this.points, bits);
  }

  /** The points of which something is known. */
  get marked(): readonly MarkedPoint[] {
    return this.points
      .slice(0, this.points.size)
      .map((point) => ({point, marks: this.of(point)}))
      .filter(({marks}) => marks.held || marks.single);
  }

  private copied(): MarkBits {
    const {held, single, old} = this.bits;
    return {
      held: Uint8Array.from(held),
      single: Uint8Array.from(single),
      old: Uint8Array.from(old),
    };
  }

  /** Whether no newest event is left out. */
  get isEmpty(): boolean {
    return this.bits.held.every((byte) => byte === 0);
  }
}

/** Bytes that hold a bit for each point. */
export function bytesFor({size}: PointSet): number {
  return Math.ceil(size / 8);
}

function isSet(bits: Uint8Array, at: number): boolean {
  return (((bits[at >> 3] ?? 0) >> (at & 7)) & 1) === 1;
}

function put(bits: Uint8Array, at: number, value: boolean): void {
  const byte = bits[at >> 3] ?? 0;
  bits[at >> 3] = value ? byte | (1 << (at & 7)) : byte & ~(1 << (at & 7));
}

/** The marks for a set of points, of what was known and what came new. */
export function marksOnto(
  points: PointSet,
  known: FrontMarks | undefined,
  more: readonly MarkedPoint[],
): FrontMarks | undefined {
  if (known === undefined && more.length === 0) return undefined;
  return (known?.onto(points) ?? FrontMarks.none(points)).with(more);
}
