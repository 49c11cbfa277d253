import {heldOnto} from './held-points';
import {latest, plusMs} from './instants';
import type {PiTimestamp} from './pi-timestamp';
import {pointKey, pointOfKey, PointSet} from './point-set';
import type {Front, TimeseriesState} from './timeseries-state';
import {FIRST_WIDTH_MS} from './windows';

/** What a sync finds when it looks at the plant. */
export interface Circumstances {
  readonly selected: PointSet;
  /** Where history begins. */
  readonly start: PiTimestamp;
  /** How far behind the watermark a sync reads again. */
  readonly lookbackMs: number;
  /** Whether a sync begins; else it is under way. */
  readonly isBeginning: boolean;
}

/** How the selection differs from what a state knows, in numbers of points. */
export function difference(
  state: TimeseriesState,
  selected: PointSet,
): {readonly added: number; readonly removed: number} {
  const known = knownPoints(state);
  return {added: selected.minus(known).size, removed: known.minus(selected).size};
}

/** The points a state of `timeseries` knows, wherever they stand. */
export function knownPoints({main, joining, laggards}: TimeseriesState): PointSet {
  const lagging = [...laggards.keys()].flatMap((key) => pointOfKey(key) ?? []);
  return [main, joining].reduce(
    (all, front) => (front === undefined ? all : all.union(front.points)),
    PointSet.of(lagging),
  );
}

/**
 * Brings a state in line with what is selected now: takes out points that are gone,
 * lets new ones in, joins fronts that stand at the same instant, and steps back for a
 * lookback. The very same state where nothing changes.
 */
export function reconcile(
  state: TimeseriesState,
  circumstances: Circumstances,
): TimeseriesState {
  const {selected, start} = circumstances;
  if (state.main === undefined) {
    return {...state, start, main: newFront(start, selected)};
  }
  const kept = withoutRemoved(fromStart(state, start), selected);
  return welcome(joined(stepBack(kept, circumstances)), circumstances);
}

/** Whether history is wanted that was not wanted so far. */
export function isEarlierStart({start}: TimeseriesState, wanted: PiTimestamp): boolean {
  return start !== undefined && wanted < start;
}

/** All history is read again where it is to begin earlier: nobody has its first part. */
function fromStart(state: TimeseriesState, start: PiTimestamp): TimeseriesState {
  const {main, joining, laggards} = state;
  if (main === undefined || state.start === start) return state;
  if (!isEarlierStart(state, start))
    return state.start === undefined ? {...state, start} : state;
  const points =
    joining === undefined ? main.points : main.points.union(joining.points);
  const {widthMs, watermark} = main;
  return {
    ...state,
    start,
    main: {watermark, points: PointSet.EMPTY, widthMs, window: undefined},
    joining: newFront(
      start,
      points.filter((point) => !laggards.has(pointKey(point))),
    ),
    laggards: new Map(
      [...laggards].map(([key, laggard]) => [
        key,
        {...laggard, cursor: start, delivered: 0, held: undefined},
      ]),
    ),
    rereadUntil: undefined,
  };
}

function newFront(watermark: PiTimestamp, points: PointSet): Front {
  return {watermark, points, widthMs: FIRST_WIDTH_MS, window: undefined};
}

function withoutRemoved(state: TimeseriesState, selected: PointSet): TimeseriesState {
  const main = narrowed(state.main, selected);
  const joining = narrowed(state.joining, selected);
  const laggards = new Map([...state.laggards].filter(([key]) => isIn(selected, key)));
  const isSame =
    main === state.main &&
    joining === state.joining &&
    laggards.size === state.laggards.size;
  if (isSame) return state;
  return {
    ...state,
    main,
    joining: joining?.points.size === 0 ? undefined : joining,
    laggards,
  };
}

function isIn(points: PointSet, key: string): boolean {
  const point = pointOfKey(key);
  return point !== undefined && points.has(point);
}

/** Positions move when points go, so an open window is begun anew. */
function narrowed(front: Front | undefined, selected: PointSet): Front | undefined {
  if (front === undefined) return undefined;
  const removed = front.points.minus(selected);
  if (removed.size === 0) return front;
  const points = front.points.minus(removed);
  const held = front.held?.onto(points);
  return {...front, points, window: undefined, ...(held && {held})};
}

/** A pass that was cut short goes on where it was, or kills could hold it for ever. */
function stepBack(
  state: TimeseriesState,
  {lookbackMs, start, isBeginning}: Circumstances,
): TimeseriesState {
  const {main, rereadUntil} = state;
  const isAtRest = main?.window === undefined && rereadUntil === undefined;
  if (main === undefined || !isAtRest || !isBeginning) return state;
  const watermark = latest(start, plusMs(main.watermark, -lookbackMs));
  if (watermark >= main.watermark) return state;
  return {...state, main: {...main, watermark}, rereadUntil: main.watermark};
}

function joined(state: TimeseriesState): TimeseriesState {
  const {main, joining} = state;
  if (main === undefined || joining === undefined) return state;
  if (!isReadyToJoin(main, joining)) return state;
  const points = main.points.union(joining.points);
  const late = {held: joining.held?.all ?? [], reached: main.watermark};
  const held = heldOnto(points, main.held, late);
  return {...state, main: {...main, points, ...(held && {held})}, joining: undefined};
}

function isReadyToJoin(main: Front, joining: Front): boolean {
  const areAtRest = main.window === undefined && joining.window === undefined;
  return areAtRest && joining.watermark >= main.watermark;
}

function welcome(
  state: TimeseriesState,
  {selected, start}: Circumstances,
): TimeseriesState {
  const {main, joining, laggards} = state;
  if (main === undefined || joining !== undefined) return state;
  const unknown = selected
    .minus(main.points)
    .filter((point) => !laggards.has(pointKey(point)));
  if (unknown.size === 0) return state;
  if (start < main.watermark) return {...state, joining: newFront(start, unknown)};
  if (main.window !== undefined) return state;
  const points = main.points.union(unknown);
  const held = main.held?.onto(points);
  return {...state, main: {...main, points, ...(held && {held})}};
}
