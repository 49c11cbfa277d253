import {emptyEvent, type ArchiveEvent} from '../plant/archive-event';
import {systemStateName} from '../plant/digital-sets';
import {type Point} from '../plant/point';
import {type Ticks} from '../time/ticks';
import {type Archive} from './archive';

const NO_DATA = 248;

/** The state that retrieval invents where no event can answer. */
export function noData(ticks: Ticks): ArchiveEvent {
  return {
    ticks,
    kind: 'system',
    number: NO_DATA,
    text: systemStateName(NO_DATA),
    flags: 0,
  };
}

/** A copy of the last event at or before an instant (strictly before, if asked). */
export function eventBefore(
  archive: Archive,
  point: Point,
  {at, strictly}: {readonly at: Ticks; readonly strictly: boolean},
): ArchiveEvent | undefined {
  let found: ArchiveEvent | undefined;
  archive.backward(point, {from: -Infinity, to: strictly ? at - 1 : at}, (event) => {
    found = {...event};
    return false;
  });
  return found;
}

/** A copy of the first event after an instant. */
export function eventAfter(
  archive: Archive,
  point: Point,
  at: Ticks,
): ArchiveEvent | undefined {
  let found: ArchiveEvent | undefined;
  archive.forward(point, {from: at + 1, to: Infinity}, (event) => {
    found = {...event};
    return false;
  });
  return found;
}

/**
 * The value of a point at an instant: what is stored there, else a straight line
 * between good numbers, else the value before; `No Data` before the first event.
 */
export function valueAt(archive: Archive, point: Point, at: Ticks): ArchiveEvent {
  const before = eventBefore(archive, point, {at, strictly: false});
  if (before === undefined) return noData(at);
  if (before.ticks === at) return before;
  const after = point.step ? undefined : eventAfter(archive, point, at);
  if (after === undefined || before.kind !== 'number' || after.kind !== 'number') {
    return {...before, ticks: at};
  }
  const share = (at - before.ticks) / (after.ticks - before.ticks);
  const number = before.number + (after.number - before.number) * share;
  return {
    ...emptyEvent(),
    ticks: at,
    flags: before.flags | after.flags,
    number: point.type === 'Float64' ? number : shortestSingle(number),
  };
}

/** The shortest decimal that is the same single-precision number. */
function shortestSingle(value: number): number {
  const single = Math.fround(value);
  for (let digits = 6; digits < 9; digits += 1) {
    const candidate = Number(single.toPrecision(digits));
    if (Math.fround(candidate) === single) return candidate;
  }
  return Number(single.toPrecision(9));
}
