import {type ArchiveEvent} from '../plant/archive-event';
import {type Point} from '../plant/point';
import {TICKS_PER_DAY, type Ticks} from '../time/ticks';
import {type Clock} from './clock';
import {Patch} from './patch';
import {seriesBackward, seriesForward} from './series-reader';
import {type Span, type Visit} from './visit';

export {type Span, type Visit};

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

  constructor(private readonly clock: Clock) {}

  now(): Ticks {
    return this.clock.now();
  }

  /** The last instant at which the point can hold an event. */
  horizon(point: Point): Ticks {
    return Math.max(this.written(point), this.patches.get(point)?.last ?? -Infinity);
  }

  forward(point: Point, span: Span, visit: Visit): void {
    const within = this.visible(point, span);
    const read = (inner: Visit): void => seriesForward(point.series, within, inner);
    const patch = this.patches.get(point);
    if (patch === undefined) read(visit);
    else patch.forward(span, visit, read);
  }

  /** The same events, newest first; ties in reversed archive order. */
  backward(point: Point, span: Span, visit: Visit): void {
    const within = this.visible(point, span);
    const read = (inner: Visit): void => seriesBackward(point.series, within, inner);
    const patch = this.patches.get(point);
    if (patch === undefined) read(visit);
    else patch.backward(span, visit, read);
  }

  /** Copies of the events on one instant. */
  at(point: Point, ticks: Ticks): readonly ArchiveEvent[] {
    const patch = this.patches.get(point);
    const events: ArchiveEvent[] = [];
    if (patch?.hides(ticks) === true) return patch.at(ticks) ?? events;
    const instant = this.visible(point, {from: ticks, to: ticks});
    seriesForward(point.series, instant, (event) => {
      events.push({...event});
      return true;
    });
    return events;
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

  private written(point: Point): Ticks {
    return point.future ? this.now() + FUTURE_HORIZON_TICKS : this.now();
  }

  private visible(point: Point, {from, to}: Span): Span {
    return {from, to: Math.min(to, this.written(point))};
  }
}
