import {type Point} from '../plant/point';
import {type Ticks} from '../time/ticks';
import {type Archive} from './archive';
import {type Visit} from './visit';
import {eventAfter, eventBefore, noData, valueAt} from './interpolation';

/** What happens at the two ends of a request for recorded values. */
export type BoundaryType = 'Inside' | 'Outside' | 'Interpolated';

/** A request for recorded values, in PI's terms. */
export interface RecordedQuery {
  readonly start: Ticks;
  /** Before `start` for a list that runs backwards. */
  readonly end: Ticks;
  readonly boundary: BoundaryType;
  readonly maxCount: number;
}

/**
 * Hands out the recorded values of a point in the direction of travel, both ends
 * included, and stops silently after `maxCount`, as PI does.
 */
export function recorded(
  archive: Archive,
  point: Point,
  request: RecordedRequest,
): void {
  const {start, end, boundary, maxCount} = request.query;
  let left = maxCount;
  const visit: Visit = (event) => {
    left -= 1;
    return request.visit(event) && left > 0;
  };
  if (boundary === 'Inside') {
    inside(archive, point, {start, end, visit});
    return;
  }
  const edge = boundary === 'Outside' ? neighbour : synthesized;
  withEdges(archive, point, {start, end, visit, edge});
}

/** A query and where its values go. */
export interface RecordedRequest {
  readonly query: RecordedQuery;
  readonly visit: Visit;
}

interface Reading {
  readonly start: Ticks;
  readonly end: Ticks;
  readonly visit: Visit;
}

function inside(archive: Archive, point: Point, {start, end, visit}: Reading): void {
  if (start <= end) archive.forward(point, {from: start, to: end}, visit);
  else archive.backward(point, {from: end, to: start}, visit);
}

type Edge = (
  archive: Archive,
  point: Point,
  place: EdgePlace,
) => ReturnType<typeof valueAt> | undefined;

interface EdgePlace {
  readonly at: Ticks;
  /** Whether the edge is the earlier one of the two. */
  readonly isEarlier: boolean;
}

function withEdges(
  archive: Archive,
  point: Point,
  {start, end, visit, edge}: Reading & {readonly edge: Edge},
): void {
  const progress = {count: 0, isOpen: true};
  const counted: Visit = (event) => {
    progress.count += 1;
    progress.isOpen = visit(event);
    return progress.isOpen;
  };
  const isAscending = start <= end;
  const first = edge(archive, point, {at: start, isEarlier: isAscending});
  if (first !== undefined) counted(first);
  if (progress.isOpen) inside(archive, point, {start, end, visit: counted});
  if (!progress.isOpen) return;
  const last = edge(archive, point, {at: end, isEarlier: !isAscending});
  if (last !== undefined && start !== end) counted(last);
  if (progress.count === 0) visit(noData(start));
}

/** `Outside`: the nearest event beyond the edge. */
const neighbour: Edge = (archive, point, {at, isEarlier}) =>
  isEarlier
    ? eventBefore(archive, point, {at, strictly: true})
    : eventAfter(archive, point, at);

/** `Interpolated`: a value exactly on the edge, unless an event is stored there. */
const synthesized: Edge = (archive, point, {at}) => {
  const stored = eventBefore(archive, point, {at, strictly: false});
  return stored?.ticks === at ? undefined : valueAt(archive, point, at);
};
