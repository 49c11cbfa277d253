import {type Archive} from '../../archive/archive';
import {type Span} from '../../archive/visit';
import {valueAt} from '../../archive/interpolation';
import {type ArchiveEvent, BAD} from '../../plant/archive-event';
import {type Point} from '../../plant/point';
import {TICKS_PER_SECOND, type Ticks} from '../../time/ticks';
import {Accumulator, type Totals} from './accumulator';

/** Whether values count by the time they last, or each event as much as any other. */
export type Basis =
  | 'TimeWeighted'
  | 'EventWeighted'
  | 'TimeWeightedContinuous'
  | 'TimeWeightedDiscrete'
  | 'EventWeightedExcludeMostRecentEvent'
  | 'EventWeightedExcludeEarliestEvent'
  | 'EventWeightedIncludeBothEnds';

export const BASES: readonly Basis[] = [
  'TimeWeighted',
  'EventWeighted',
  'TimeWeightedContinuous',
  'TimeWeightedDiscrete',
  'EventWeightedExcludeMostRecentEvent',
  'EventWeightedExcludeEarliestEvent',
  'EventWeightedIncludeBothEnds',
];

/** One stretch of time to be summed up. */
export interface Interval extends Span {
  /** Whether a further interval begins where this one ends. */
  readonly hasNext: boolean;
}

/** Sums up a point over an interval: weights are events, or seconds. */
export function weigh(
  archive: Archive,
  point: Point,
  {interval, basis}: {readonly interval: Interval; readonly basis: Basis},
): Totals {
  return basis.startsWith('Event')
    ? byEvents(archive, point, eventSpan(interval, basis))
    : byTime(archive, point, {...interval, isStepped: isStepped(point, basis)});
}

/** Whether a value is a good one; states of the system never are. */
function isGood({kind, flags}: ArchiveEvent): boolean {
  return kind !== 'system' && (flags & BAD) === 0;
}

function isGoodNumber(event: ArchiveEvent): boolean {
  return isGood(event) && event.kind === 'number' && Number.isFinite(event.number);
}

/**
 * Both ends belong to a range that is summed up as a whole. Where it is cut, an event on
 * a cut belongs to the interval that begins there.
 */
function eventSpan({from, to, hasNext}: Interval, basis: Basis): Span {
  if (basis === 'EventWeightedIncludeBothEnds') return {from, to};
  if (basis === 'EventWeightedExcludeMostRecentEvent') return {from, to: to - 1};
  if (basis === 'EventWeightedExcludeEarliestEvent') return {from: from + 1, to};
  return {from, to: hasNext ? to - 1 : to};
}

function byEvents(archive: Archive, point: Point, span: Span): Totals {
  const result = new Accumulator();
  archive.forward(point, span, (event) => {
    if (isGoodNumber(event)) {
      const here = {value: event.number, at: event.ticks};
      result.addStretch({weight: 1, first: here, last: here});
    } else if (isGood(event)) result.addGood(1);
    else result.addBad(1);
    return true;
  });
  return result.totals();
}

interface TimeSpan extends Span {
  readonly isStepped: boolean;
}

function isStepped({step}: Point, basis: Basis): boolean {
  if (basis === 'TimeWeightedContinuous') return false;
  return step || basis === 'TimeWeightedDiscrete';
}

/**
 * A good value lasts until the next event, in a straight line where both are numbers
 * and the point is not stepped. Nothing lasts beyond what the archive can know of.
 */
function byTime(archive: Archive, point: Point, asked: TimeSpan): Totals {
  const result = new Accumulator();
  const end = Math.max(asked.from, Math.min(asked.to, archive.horizon(point)));
  let before = valueAt(archive, point, asked.from);
  const goTo = (event: ArchiveEvent): void => {
    addTime(result, {from: before, to: event, isStepped: asked.isStepped});
  };
  archive.forward(point, {from: asked.from, to: end}, (event) => {
    goTo(event);
    before = {...event};
    return true;
  });
  const last = valueAt(archive, point, end);
  // Behind the last event nothing is known that a line could lead to.
  goTo(last.ticks > before.ticks ? last : before);
  if (asked.to > end) result.addBad(seconds(end, asked.to));
  return result.totals();
}

interface Leg {
  readonly from: ArchiveEvent;
  readonly to: ArchiveEvent;
  readonly isStepped: boolean;
}

function addTime(result: Accumulator, {from, to, isStepped}: Leg): void {
  const weight = seconds(from.ticks, to.ticks);
  if (isGoodNumber(from)) {
    const first = {value: from.number, at: from.ticks};
    const isLine = !isStepped && isGoodNumber(to);
    const last = isLine ? {value: to.number, at: to.ticks} : first;
    result.addStretch({weight, first, last});
  } else if (isGood(from)) result.addGood(weight);
  else result.addBad(weight);
}

function seconds(from: Ticks, to: Ticks): number {
  return (to - from) / TICKS_PER_SECOND;
}
