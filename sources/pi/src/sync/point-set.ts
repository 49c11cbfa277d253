/** What identifies a point over renames: its data server and its number there. */
export interface PointId {
  /** GUID of the data server. */
  readonly serverId: string;
  /** Int32, not negative. */
  readonly pointId: number;
}

/** A text that is equal exactly for the same point. */
export function pointKey({serverId, pointId}: PointId): string {
  return `${serverId}/${pointId}`;
}

/** The point of a key; undefined for a text that is none. */
export function pointOfKey(key: string): PointId | undefined {
  const slash = key.lastIndexOf('/');
  const pointId = Number(key.slice(slash + 1));
  const isPoint = slash > 0 && key === `${key.slice(0, slash)}/${pointId}`;
  return isPoint && isPointNumber(pointId)
    ? {serverId: key.slice(0, slash), pointId}
    : undefined;
}

function isPointNumber(pointId: number): boolean {
  return Number.isInteger(pointId) && pointId >= 0 && pointId <= 0x7fff_ffff;
}

/**
 * An immutable set of points, four bytes each, in one order: by server, then number.
 * A position in that order is what groups are made of.
 */
export class PointSet {
  static readonly EMPTY = new PointSet(new Map());

  readonly size: number;

  private constructor(private readonly servers: ReadonlyMap<string, Int32Array>) {
    let size = 0;
    for (const ids of servers.values()) size += ids.length;
    this.size = size;
  }

  /** Points may come in any order and more than once. */
  static of(points: Iterable<PointId>): PointSet {
    const byServer = new Map<string, Set<number>>();
    for (const {serverId, pointId} of points) {
      const ids = byServer.get(serverId) ?? new Set();
      byServer.set(serverId, ids.add(pointId));
    }
    const servers = [...byServer].sort(([a], [b]) => (a < b ? -1 : 1));
    return new PointSet(
      new Map(servers.map(([server, ids]) => [server, Int32Array.from(ids).sort()])),
    );
  }

  has({serverId, pointId}: PointId): boolean {
    const ids = this.servers.get(serverId);
    return ids !== undefined && contains(ids, pointId);
  }

  /** The place of a point in the order of the set; undefined for one it lacks. */
  position({serverId, pointId}: PointId): number | undefined {
    let start = 0;
    for (const [server, ids] of this.servers) {
      if (server === serverId) {
        const at = placeOf(ids, pointId);
        return ids[at] === pointId ? start + at : undefined;
      }
      start += ids.length;
    }
    return undefined;
  }

  /** The points at the positions `[from, to)`; fewer where the set ends. */
  slice(from: number, to: number): PointId[] {
    const points: PointId[] = [];
    let start = 0;
    for (const [serverId, ids] of this.servers) {
      const part = ids.subarray(Math.max(0, from - start), Math.max(0, to - start));
      for (const pointId of part) points.push({serverId, pointId});
      start += ids.length;
    }
    return points;
  }

  /** Points of this set that `keep` says true for; this very set if that is all. */
  filter(keep: (point: PointId) => boolean): PointSet {
    const kept = this.slice(0, this.size).filter(keep);
    return kept.length === this.size ? this : PointSet.of(kept);
  }

  /** Points of this set that the other lacks. */
  minus(other: PointSet): PointSet {
    const points: PointId[] = [];
    for (const [serverId, ids] of this.servers) {
      const others = other.servers.get(serverId);
      for (const pointId of ids) {
        if (others === undefined || !contains(others, pointId)) {
          points.push({serverId, pointId});
        }
      }
    }
    return points.length === this.size ? this : PointSet.of(points);
  }

  union(other: PointSet): PointSet {
    return PointSet.of([...this.slice(0, this.size), ...other.slice(0, other.size)]);
  }

  /** Per server, in order, its ascending point numbers. */
  byServer(): ReadonlyMap<string, Int32Array> {
    return this.servers;
  }
}

function contains(ids: Int32Array, wanted: number): boolean {
  return ids[placeOf(ids, wanted)] === wanted;
}

/** Where a number stands, or would stand. */
function placeOf(ids: Int32Array, wanted: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? wanted) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
