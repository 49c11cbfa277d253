import type {Instant} from '../instant';
import type {KnownPoint, Moment, Version} from '../play/chronicle';
import {isSameRest, type Row} from '../play/row';

/** What the archive held of one point at each moment of a run. */
export class PointTruth {
  /** Rests by sequence, of the instants that never changed; in order of time. */
  private readonly steady = new Map<Instant, string[]>();
  private readonly instants: readonly Instant[];
  private readonly changedInstants: readonly Instant[];

  constructor(readonly known: KnownPoint) {
    for (const row of known.rows) {
      if (known.changed.has(row.timestamp)) continue;
      const rests = this.steady.get(row.timestamp);
      if (rests === undefined) this.steady.set(row.timestamp, [row.rest]);
      else rests.push(row.rest);
    }
    this.instants = [...this.steady.keys()];
    this.changedInstants = [...known.changed.keys()].sort();
  }

  /** Why a row cannot have been read in an attempt; undefined where it can. */
  refutes({timestamp, sequence, rest, name}: Row, attempt: Moment): string | undefined {
    const isNamed = inForce(this.known.names, attempt).some(
      (known) => known.name === name,
    );
    if (!isNamed) return 'the point did not have this name then';
    const candidates = this.possible(timestamp, attempt);
    if (candidates.every(({rests}) => rests[sequence] === undefined)) {
      return candidates.every(({rests}) => rests.length === 0)
        ? 'PI holds no event there'
        : 'PI holds fewer events there';
    }
    const isHeld = candidates.some(({rests}) => isSame(rests[sequence], rest));
    return isHeld ? undefined : `PI holds ${candidates[0]?.rests[sequence] ?? ''}`;
  }

  /** Everything that an instant may have held while an attempt was under way. */
  possible(instant: Instant, attempt: Moment): readonly Version[] {
    const versions = this.known.changed.get(instant);
    if (versions !== undefined) return inForce(versions, attempt);
    return [{since: -Infinity, rests: this.steady.get(instant) ?? []}];
  }

  /** Whether what an instant holds was ever changed. */
  isChanged(instant: Instant): boolean {
    return this.known.changed.has(instant);
  }

  /** Whether some instant holds so many events that no answer can hold them all. */
  overflows(maxReturnedItems: number): boolean {
    return [...this.steady.values()].some(({length}) => length >= maxReturnedItems);
  }

  /** Whether the point's events changed while an attempt was under way. */
  isMovedDuring(attempt: Moment): boolean {
    return [...this.known.changed.values()].some((versions) =>
      versions.some(({since}) => since === attempt),
    );
  }

  /** Instants with events in `[from, to)` that never changed, with their number. */
  *steadyBetween(from: Instant, to: Instant): Generator<readonly [Instant, number]> {
    for (let at = placeOf(this.instants, from); at < this.instants.length; at += 1) {
      const instant = this.instants[at] ?? to;
      if (instant >= to) return;
      yield [instant, this.steady.get(instant)?.length ?? 0];
    }
  }

  changedBetween(from: Instant, to: Instant): readonly Instant[] {
    return this.changedInstants.filter((instant) => instant >= from && instant < to);
  }

  /** The newest instants by `now` that the point may have had then; the snapshot's. */
  newest(now: Instant, attempt: Moment): ReadonlySet<Instant> {
    const place = placeOf(this.instants, now);
    const last = this.instants[place] === now ? now : this.instants[place - 1];
    const found = new Set(last === undefined ? [] : [last]);
    for (const instant of this.changedInstants) {
      if (instant > now || (last !== undefined && instant < last)) continue;
      if (this.possible(instant, attempt).some(({rests}) => rests.length > 0))
        found.add(instant);
    }
    return found;
  }

  /** Whether callers could see the point for the whole of an attempt. */
  isVisibleThroughout(attempt: Moment): boolean {
    return inForce(this.known.presence, attempt).every(({isVisible}) => isVisible);
  }
}

/** What held at some time during an attempt, of facts that each hold until the next. */
function inForce<Fact extends {readonly since: Moment}>(
  facts: readonly Fact[],
  attempt: Moment,
): readonly Fact[] {
  return facts.filter(
    ({since}, place) =>
      since <= attempt && (facts[place + 1]?.since ?? Infinity) >= attempt,
  );
}

function isSame(one: string | undefined, other: string): boolean {
  return one !== undefined && isSameRest(one, other);
}

function placeOf(instants: readonly Instant[], wanted: Instant): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
