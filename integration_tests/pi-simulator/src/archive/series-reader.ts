import {emptyEvent, EventBuffer, type ArchiveEvent} from '../plant/archive-event';
import {systemStateName} from '../plant/digital-sets';
import {type ComputedSeries, type StoredSeries} from '../plant/series';
import {fillSlot, slotTicks} from '../plant/signals';
import {type Span, type Visit} from './visit';

const PT_CREATED = 253;

function created(series: ComputedSeries): ArchiveEvent {
  return {
    ticks: series.created,
    kind: 'system',
    number: PT_CREATED,
    text: systemStateName(PT_CREATED),
    flags: 0,
  };
}

/** Every event of the series in the span, in archive order, whatever the clock says. */
export function computedForward(
  series: ComputedSeries,
  {from, to}: Span,
  visit: Visit,
): void {
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

/** The same events, newest first; ties in reversed archive order. */
export function computedBackward(
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

/** How a stored series is read. */
export interface StoredReading {
  readonly span: Span;
  readonly visit: Visit;
  /** Place of the one ghost that is held; all others are passed over. */
  readonly snapshot: number;
}

export function storedForward({events}: StoredSeries, reading: StoredReading): void {
  const {span, visit, snapshot} = reading;
  const event = emptyEvent();
  for (let i = events.firstAtOrAfter(span.from); i < events.length; i += 1) {
    if (events.ticksAt(i) > span.to) return;
    if (events.isGhost(i) && i !== snapshot) continue;
    if (!visit(events.load(i, event))) return;
  }
}

export function storedBackward({events}: StoredSeries, reading: StoredReading): void {
  const {span, visit, snapshot} = reading;
  const event = emptyEvent();
  for (let i = events.firstAtOrAfter(span.to + 1) - 1; i >= 0; i -= 1) {
    if (events.ticksAt(i) < span.from) return;
    if (events.isGhost(i) && i !== snapshot) continue;
    if (!visit(events.load(i, event))) return;
  }
}
