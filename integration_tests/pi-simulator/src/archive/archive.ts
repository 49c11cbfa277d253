import {emptyEvent, EventBuffer, type ArchiveEvent} from '../plant/archive-event';
import {systemStateName} from '../plant/digital-sets';
import {type Point} from '../plant/point';
import {type ComputedSeries, type StoredSeries} from '../plant/series';
import {fillSlot, slotTicks} from '../plant/signals';
import {TICKS_PER_DAY, type Ticks} from '../time/ticks';
import {type Clock} from './clock';

/** Takes one event; it is the same object every time. `false` ends the reading. */
export type Visit = (event: ArchiveEvent) => boolean;

/** A stretch of time, both ends included. */
export interface Span {
  readonly from: Ticks;
  readonly to: Ticks;
}

/** How far ahead of the clock the points with future data are written. */
const FUTURE_HORIZON_TICKS = 3 * TICKS_PER_DAY;
const PT_CREATED = 253;

/**
 * The recorded events as they stand at the clock's `now`, in archive order.
 *
 * Costs time in proportion to the events visited, wherever the span begins, and no
 * memory. The events of a span never depend on how the span was cut.
 */
export class Archive {
  constructor(private readonly clock: Clock) {}

  now(): Ticks {
    return this.clock.now();
  }

  /** The last instant at which the point can hold an event. */
  horizon(point: Point): Ticks {
    return point.future ? this.now() + FUTURE_HORIZON_TICKS : this.now();
  }

  forward(point: Point, span: Span, visit: Visit): void {
    const within = this.visible(point, span);
    const {series} = point;
    if (series.origin === 'computed') computedForward(series, within, visit);
    else storedForward(series, within, visit);
  }

  /** The same events, newest first; ties in reversed archive order. */
  backward(point: Point, span: Span, visit: Visit): void {
    const within = this.visible(point, span);
    const {series} = point;
    if (series.origin === 'computed') computedBackward(series, within, visit);
    else storedBackward(series, within, visit);
  }

  private visible(point: Point, {from, to}: Span): Span {
    return {from, to: Math.min(to, this.horizon(point))};
  }
}

function created(series: ComputedSeries): ArchiveEvent {
  return {
    ticks: series.created,
    kind: 'system',
    number: PT_CREATED,
    text: systemStateName(PT_CREATED),
    flags: 0,
  };
}

function computedForward(series: ComputedSeries, {from, to}: Span, visit: Visit): void {
  const first = created(series);
  if (to < first.ticks) return;
  if (from <= first.ticks && !visit(first)) return;
  const within = {from: Math.max(from, first.ticks + 1), to};
  const width = slotTicks(series);
  const buffer = new EventBuffer();
  const last = Math.floor(to / width);
  for (let slot = Math.floor(within.from / width); slot <= last; slot += 1) {
    fillSlot(series, slot, buffer);
    if (!visitForward(buffer, within, visit)) return;
  }
}

function visitForward(buffer: EventBuffer, {from, to}: Span, visit: Visit): boolean {
  for (let i = 0; i < buffer.length; i += 1) {
    const event = buffer.at(i);
    if (event.ticks < from) continue;
    if (event.ticks > to || !visit(event)) return false;
  }
  return true;
}

function computedBackward(
  series: ComputedSeries,
  {from, to}: Span,
  visit: Visit,
): void {
  const first = created(series);
  const within = {from: Math.max(from, first.ticks + 1), to};
  const width = slotTicks(series);
  const buffer = new EventBuffer();
  const last = Math.floor(within.from / width);
  for (let slot = Math.floor(to / width); slot >= last; slot -= 1) {
    fillSlot(series, slot, buffer);
    if (!visitBackward(buffer, within, visit)) return;
  }
  if (from <= first.ticks && first.ticks <= to) visit(first);
}

function visitBackward(buffer: EventBuffer, {from, to}: Span, visit: Visit): boolean {
  for (let i = buffer.length - 1; i >= 0; i -= 1) {
    const event = buffer.at(i);
    if (event.ticks > to || event.ticks < from) continue;
    if (!visit(event)) return false;
  }
  return true;
}

function storedForward({events}: StoredSeries, {from, to}: Span, visit: Visit): void {
  const event = emptyEvent();
  for (let i = events.firstAtOrAfter(from); i < events.length; i += 1) {
    if (events.ticksAt(i) > to) return;
    if (!visit(events.load(i, event))) return;
  }
}

function storedBackward({events}: StoredSeries, {from, to}: Span, visit: Visit): void {
  const event = emptyEvent();
  for (let i = events.firstAtOrAfter(to + 1) - 1; i >= 0; i -= 1) {
    if (events.ticksAt(i) < from) return;
    if (!visit(events.load(i, event))) return;
  }
}
