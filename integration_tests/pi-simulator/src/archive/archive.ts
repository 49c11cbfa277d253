import {type ArchiveEvent} from '../plant/archive-event';
import {type Point} from '../plant/point';
import {type Series} from '../plant/series';
import {TICKS_PER_DAY, type Ticks} from '../time/ticks';
import {type Clock} from './clock';
import {Held, snapshotPlace, type Habits, type Standing} from './held';
import {Patch} from './patch';
import {
  computedBackward,
  computedForward,
  storedBackward,
  storedForward,
} from './series-reader';
import {type Span, type Visit} from './visit';

export {type Span, type Visit};

/** What an archive goes by. */
export interface ArchiveOptions extends Habits {
  readonly clock: Clock;
  /** How far ahead of the clock sources write whose own clocks run fast. */
  readonly clockSkewTicks: Ticks;
}

/** How far ahead of the clock the points with future data are written. */
const FUTURE_HORIZON_TICKS = 3 * TICKS_PER_DAY;

/**
 * The recorded events as they stand at the clock's `now`, in archive order.
 *
 * Costs time in proportion to the events visited, wherever the span begins, and no
 * memory but for what was changed by hand. The events of a span never depend on how the
 * span was cut.
 */
export class Archive {
  private readonly patches = new Map<Point, Patch>();

  constructor(private readonly options: ArchiveOptions) {}

  get habits(): Habits {
    return this.options;
  }

  now(): Ticks {
    return this.options.clock.now();
  }

  /** The last instant at which the point can hold an event. */
  horizon(point: Point): Ticks {
    return Math.max(this.written(point), this.patches.get(point)?.last ?? -Infinity);
  }

  forward(point: Point, span: Span, visit: Visit): void {
    const patch = this.patches.get(point);
    const read = (inner: Visit): void => {
      this.readSeries(point, {span, visit: inner, isForward: true});
    };
    if (patch === undefined) read(visit);
    else patch.forward(span, visit, read);
  }

  /** The same events, newest first; ties in reversed archive order. */
  backward(point: Point, span: Span, visit: Visit): void {
    const patch = this.patches.get(point);
    const read = (inner: Visit): void => {
      this.readSeries(point, {span, visit: inner, isForward: false});
    };
    if (patch === undefined) read(visit);
    else patch.backward(span, visit, read);
  }

  /** Copies of the events on one instant. */
  at(point: Point, ticks: Ticks): readonly ArchiveEvent[] {
    return this.copiesAt(point, ticks, this.standing(point));
  }

  /**
   * Puts events behind those of their instant. As with compression, a snapshot that is
   * not to be kept goes when anything newer comes, and stays when what comes is older.
   */
  insert(point: Point, ticks: Ticks, events: readonly ArchiveEvent[]): void {
    const newestInserted = Math.max(ticks, this.standing(point).newestInserted);
    const standing = {...this.standing(point), newestInserted};
    const held = this.copiesAt(point, ticks, standing);
    this.put(point, ticks, [...held, ...events]);
    this.patchOf(point).newestInserted = newestInserted;
  }

  /** From now on the point holds exactly these events on that instant. */
  put(point: Point, ticks: Ticks, events: readonly ArchiveEvent[]): void {
    this.patchOf(point).set(ticks, events);
  }

  /** The point holds nothing in the span any more, as far as it is written. */
  erase(point: Point, {from, to}: Span): void {
    this.patchOf(point).erase({from, to: Math.min(to, this.horizon(point))});
  }

  private patchOf(point: Point): Patch {
    const known = this.patches.get(point) ?? new Patch();
    this.patches.set(point, known);
    return known;
  }

  private copiesAt(
    point: Point,
    ticks: Ticks,
    standing: Standing,
  ): readonly ArchiveEvent[] {
    const patch = this.patches.get(point);
    const events: ArchiveEvent[] = [];
    if (patch?.hides(ticks) === true) return patch.at(ticks) ?? events;
    const visit: Visit = (event) => {
      events.push({...event});
      return true;
    };
    const span = {from: ticks, to: ticks};
    this.readSeries(point, {span, visit, isForward: true, standing});
    return events;
  }

  private readSeries(point: Point, reading: SeriesReading): void {
    const {standing = this.standing(point), isForward, span} = reading;
    const within = {from: span.from, to: Math.min(span.to, standing.written)};
    const {series} = point;
    if (series.origin === 'stored') {
      const read = isForward ? storedForward : storedBackward;
      const snapshot = snapshotPlace(series, standing);
      read(series, {span: within, visit: reading.visit, snapshot});
      return;
    }
    const read = isForward ? computedForward : computedBackward;
    const visit = this.heldOnly(series, standing, reading.visit);
    read(series, within, visit);
  }

  /** Passes over what the archive does not hold; future data is held as it is. */
  private heldOnly(
    series: Exclude<Series, {origin: 'stored'}>,
    standing: Standing,
    visit: Visit,
  ): Visit {
    const {snapshots, life} = this.options;
    if ((!snapshots && !life) || series.kind.future === true) return visit;
    const held = new Held(series, standing, this.options);
    return (event) => !held.holds(event) || visit(event);
  }

  private standing(point: Point): Standing {
    return {
      now: this.now(),
      written: this.written(point),
      newestInserted: this.patches.get(point)?.newestInserted ?? -Infinity,
    };
  }

  private written(point: Point): Ticks {
    const {clockSkewTicks} = this.options;
    return this.now() + (point.future ? FUTURE_HORIZON_TICKS : clockSkewTicks);
  }
}

interface SeriesReading {
  readonly span: Span;
  readonly visit: Visit;
  readonly isForward: boolean;
  /** Where the archive stands, if not as it is. */
  readonly standing?: Standing;
}
