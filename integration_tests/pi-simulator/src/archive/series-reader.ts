import {emptyEvent, EventBuffer, type ArchiveEvent} from '../plant/archive-event';
import {systemStateName} from '../plant/digital-sets';
import {type ComputedSeries, type Series, type StoredSeries} from '../plant/series';
import {fillSlot, slotTicks} from '../plant/signals';
import {type Span, type Visit} from './visit';

const PT_CREATED = 253;

/** Every event of a series in the span, in archive order, whatever the clock says. */
export function seriesForward(series: Series, span: Span, visit: Visit): void {
  if (series.origin === 'computed') computedForward(series, span, visit);
  else storedForward(series, span, visit);
}

/** The same events, newest first; ties in reversed archive order. */
export function seriesBackward(series: Series, span: Span, visit: Visit): void {
  if (series.origin === 'computed') computedBackward(series, span, visit);
  else storedBackward(series, span, visit);
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
