import {type ArchiveEvent} from '../plant/archive-event';
import {type ComputedSeries, type StoredSeries} from '../plant/series';
import {holdsTies, slotTicks} from '../plant/signals';
import {type Ticks} from '../time/ticks';
import {edit, isDiscarded, slotLife, type SlotLife} from './life';
import {computedBackward} from './series-reader';

/** How the archive treats computed series. */
export interface Habits {
  /** The newest value of a numeric point is an uncompressed snapshot. */
  readonly snapshots: boolean;
  /** Events arrive late, and are edited and deleted afterwards. */
  readonly life: boolean;
}

/** Where an archive stands. */
export interface Standing {
  readonly now: Ticks;
  /** The last instant the series can be written to by now. */
  readonly written: Ticks;
  /** The newest instant of what was inserted by hand; `-Infinity` for nothing. */
  readonly newestInserted: Ticks;
}

/**
 * Says whether the archive holds an event of a computed series, and gives an edited one
 * its value. A discarded event is held only as long as no newer one has arrived.
 */
export class Held {
  private newest: Ticks | undefined;
  private slot = Number.NaN;
  private life: SlotLife | undefined;

  constructor(
    private readonly series: ComputedSeries,
    private readonly standing: Standing,
    private readonly habits: Habits,
  ) {}

  holds(event: ArchiveEvent): boolean {
    if (event.ticks === this.series.created) return true;
    if (!this.hasArrived(event)) return false;
    if (this.isGhost(event) && event.ticks !== this.snapshotAt()) return false;
    const {life, standing} = this;
    if (life === undefined) return true;
    if (life.deletedAt <= standing.now) return false;
    if (life.editedAt <= standing.now) edit(event);
    return true;
  }

  private hasArrived({ticks}: ArchiveEvent): boolean {
    const slot = Math.floor(ticks / slotTicks(this.series));
    if (slot !== this.slot) {
      this.slot = slot;
      this.life = this.habits.life ? slotLife(this.series, slot) : undefined;
    }
    return this.life === undefined || this.life.arrival(ticks) <= this.standing.now;
  }

  /** What comes late goes straight to the archive, past compression. */
  private isGhost({kind, ticks}: ArchiveEvent): boolean {
    if (!this.habits.snapshots || kind !== 'number') return false;
    const isLate = this.life !== undefined && this.life.arrival(ticks) > ticks;
    return !isLate && mayBeDiscarded(this.series, this.slot);
  }

  /** The newest instant that has arrived: that of the snapshot. */
  private snapshotAt(): Ticks {
    this.newest ??= this.newestArrived();
    return this.newest > this.standing.newestInserted ? this.newest : Number.NaN;
  }

  private newestArrived(): Ticks {
    const other = new Held(this.series, this.standing, this.habits);
    let newest = -Infinity;
    const span = {from: -Infinity, to: this.standing.written};
    computedBackward(this.series, span, (event) => {
      if (!other.hasArrived(event)) return true;
      newest = event.ticks;
      return false;
    });
    return newest;
  }
}

/** Whether compression discards the number of a slot, if it comes in time. */
export function mayBeDiscarded(series: ComputedSeries, slot: number): boolean {
  return isDiscarded(series, slot) && !holdsTies(series, slot);
}

/** Place of the ghost that is held as the snapshot of a stored series; -1 for none. */
export function snapshotPlace({events}: StoredSeries, standing: Standing): number {
  const place = events.firstAtOrAfter(standing.written + 1) - 1;
  return events.ticksAt(place) > standing.newestInserted ? place : -1;
}
