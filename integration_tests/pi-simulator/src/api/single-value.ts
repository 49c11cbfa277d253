import {eventBefore, noData, valueAt} from '../archive/interpolation';
import {type ArchiveEvent} from '../plant/archive-event';
import {type Ticks} from '../time/ticks';
import {type Selection} from './selection';
import {type Stream} from './stream';
import {ValueWriter} from './value-writer';
import {type World} from './world';

/** Which one value of a stream is wanted. */
export interface SingleValue {
  readonly which: 'value' | 'end';
  /** Undefined for the present one. */
  readonly at: Ticks | undefined;
  readonly selection: Selection;
}

/** One value of a stream as JSON text. */
export function singleValue(world: World, stream: Stream, wanted: SingleValue): string {
  return new ValueWriter(wanted.selection, stream.units).write(
    eventOf(world, stream, wanted),
  );
}

function eventOf(
  world: World,
  {source}: Stream,
  {which, at}: SingleValue,
): ArchiveEvent {
  const now = world.clock.now();
  if (source.kind === 'constant') return source.valueAt(now);
  const {point} = source;
  if (which === 'value' && at !== undefined) return valueAt(world.archive, point, at);
  const last = which === 'end' ? Infinity : now;
  const found = eventBefore(world.archive, point, {at: last, strictly: false});
  return found ?? noData(now);
}
