import {latest, msBetween, plusMs} from './instants';
import {type Laggard, lagBehind, type PointFailure} from './laggards';
import {type PointId, pointKey, pointOfKey, PointSet} from './point-set';
import type {PiTimestamp} from './pi-timestamp';
import {FIRST_WIDTH_MS, nextWidthMs} from './windows';

/** Points that stand at one instant and move on together. */
export interface Front {
  /** Everything before is delivered, for each of the points. */
  readonly watermark: PiTimestamp;
  readonly points: PointSet;
  /** How wide the next window shall be. */
  readonly widthMs: number;
  /** The window `[watermark, end)` that is being read; undefined between windows. */
  readonly window: OpenWindow | undefined;
}

/** A window in work. Groups are runs of `groupSize` points in the order of the set. */
export interface OpenWindow {
  readonly end: PiTimestamp;
  readonly groupSize: number;
  /** Events delivered so far. */
  readonly events: number;
  /** Per group, how far it is delivered; a group not named stands at the watermark. */
  readonly reached: ReadonlyMap<number, PiTimestamp>;
}

export type FrontName = 'main' | 'joining';

/**
 * What a sync of `timeseries` knows.
 *
 * Nearly all points share the watermark of `main`. Points that came later read their
 * history as `joining` and then become part of `main`. A point that fails stands among
 * the laggards with a cursor of its own, which counts alone, even while the point is
 * still in the set of a front (the set stays as it is while a window is open, because
 * groups are made of positions in it).
 */
export interface TimeseriesState {
  /** Undefined before the first sync. */
  readonly main: Front | undefined;
  readonly joining: Front | undefined;
  readonly laggards: ReadonlyMap<string, Laggard>;
  /** While set, `main` reads again what lies before this instant (lookback). */
  readonly rereadUntil: PiTimestamp | undefined;
}

export const NEW_STATE: TimeseriesState = {
  main: undefined,
  joining: undefined,
  laggards: new Map(),
  rereadUntil: undefined,
};

/** What was read of one group of an open window. */
export interface GroupOutcome {
  readonly kind: 'group';
  readonly front: FrontName;
  readonly window: Pick<OpenWindow, 'end' | 'groupSize'>;
  readonly group: number;
  /** How far the points of the group that did not fail are delivered. */
  readonly reached: PiTimestamp;
  readonly events: number;
  readonly failures: readonly PointFailure[];
  /** How many events a window is to hold, for the width of the next one. */
  readonly targetEvents: number;
}

/** What was read of some laggards. */
export interface LaggardsOutcome {
  readonly kind: 'laggards';
  /** Points that could be read, and how far. */
  readonly read: readonly {readonly key: string; readonly reached: PiTimestamp}[];
  readonly failures: readonly PointFailure[];
}

/** What a sync finds when it looks at the plant. */
export interface Circumstances {
  readonly selected: PointSet;
  /** Where history begins. */
  readonly start: PiTimestamp;
  /** How far behind the watermark to read again; 0 except as a sync begins. */
  readonly lookbackMs: number;
}

/** How the selection differs from what a state knows, in numbers of points. */
export function difference(
  {main, joining, laggards}: TimeseriesState,
  selected: PointSet,
): {readonly added: number; readonly removed: number} {
  const lagging = [...laggards.keys()].flatMap((key) => pointOfKey(key) ?? []);
  const known = [main, joining].reduce(
    (all, front) => (front === undefined ? all : all.union(front.points)),
    PointSet.of(lagging),
  );
  return {added: selected.minus(known).size, removed: known.minus(selected).size};
}

/** How many groups a window has: at least one, so that an empty set moves on too. */
export function groupCount(points: PointSet, groupSize: number): number {
  return Math.max(1, Math.ceil(points.size / groupSize));
}

/** The points of a group that share the watermark. */
export function groupPoints(
  state: TimeseriesState,
  {points}: Front,
  group: {readonly index: number; readonly size: number},
): PointId[] {
  return points
    .slice(group.index * group.size, (group.index + 1) * group.size)
    .filter((point) => !state.laggards.has(pointKey(point)));
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
    return {...state, main: newFront(start, selected)};
  }
  const kept = withoutRemoved(state, selected);
  return welcome(joined(stepBack(kept, circumstances)), circumstances);
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
  return {...front, points: front.points.minus(removed), window: undefined};
}

/** A pass that was cut short goes on where it was, or kills could hold it for ever. */
function stepBack(
  state: TimeseriesState,
  {lookbackMs, start}: Circumstances,
): TimeseriesState {
  const {main, rereadUntil} = state;
  const isAtRest = main?.window === undefined && rereadUntil === undefined;
  if (main === undefined || !isAtRest || lookbackMs === 0) return state;
  const watermark = latest(start, plusMs(main.watermark, -lookbackMs));
  if (watermark >= main.watermark) return state;
  return {...state, main: {...main, watermark}, rereadUntil: main.watermark};
}

function joined(state: TimeseriesState): TimeseriesState {
  const {main, joining} = state;
  if (main === undefined || joining === undefined) return state;
  const isReady =
    main.window === undefined &&
    joining.window === undefined &&
    joining.watermark >= main.watermark;
  if (!isReady) return state;
  const points = main.points.union(joining.points);
  return {...state, main: {...main, points}, joining: undefined};
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
  return {...state, main: {...main, points: main.points.union(unknown)}};
}

/**
 * What is true after a group was read. Outcomes of one window may come in any order:
 * the state after the last of them is the same.
 */
export function advanceGroup(
  state: TimeseriesState,
  outcome: GroupOutcome,
): TimeseriesState {
  const front = state[outcome.front];
  if (front === undefined) return state;
  const laggards = withFailures(state.laggards, outcome.failures);
  const open = front.window ?? {...outcome.window, events: 0, reached: new Map()};
  const window = {
    ...open,
    events: open.events + outcome.events,
    reached: new Map(open.reached).set(outcome.group, outcome.reached),
  };
  const isOpen = !isFinished(front, window);
  if (isOpen) return {...state, laggards, [outcome.front]: {...front, window}};
  const moved = closed(front, window, {laggards, targetEvents: outcome.targetEvents});
  return settled({...state, laggards, [outcome.front]: moved});
}

function withFailures(
  laggards: ReadonlyMap<string, Laggard>,
  failures: readonly PointFailure[],
): ReadonlyMap<string, Laggard> {
  if (failures.length === 0) return laggards;
  const all = new Map(laggards);
  for (const failure of failures) {
    all.set(failure.key, lagBehind(all.get(failure.key), failure));
  }
  return all;
}

function isFinished({points}: Front, {end, groupSize, reached}: OpenWindow): boolean {
  if (reached.size < groupCount(points, groupSize)) return false;
  for (const instant of reached.values()) if (instant < end) return false;
  return true;
}

function closed(
  front: Front,
  {end, events}: OpenWindow,
  {
    laggards,
    targetEvents,
  }: Pick<GroupOutcome, 'targetEvents'> & Pick<TimeseriesState, 'laggards'>,
): Front {
  const spanMs = msBetween(front.watermark, end);
  return {
    watermark: end,
    points: withoutLaggards(front.points, laggards),
    widthMs: nextWidthMs({widthMs: front.widthMs, spanMs, events}, targetEvents),
    window: undefined,
  };
}

function withoutLaggards(
  points: PointSet,
  laggards: TimeseriesState['laggards'],
): PointSet {
  if (laggards.size === 0) return points;
  return points.filter((point) => !laggards.has(pointKey(point)));
}

function settled(state: TimeseriesState): TimeseriesState {
  const {main, rereadUntil} = state;
  const isReread = rereadUntil !== undefined && main !== undefined;
  return isReread && main.watermark >= rereadUntil
    ? {...state, rereadUntil: undefined}
    : state;
}

/** What is true after laggards were read: one that has caught up is one of the rest. */
export function advanceLaggards(
  state: TimeseriesState,
  {read, failures}: LaggardsOutcome,
): TimeseriesState {
  const {main} = state;
  const laggards = new Map(withFailures(state.laggards, failures));
  for (const {key, reached} of read) {
    const known = laggards.get(key);
    if (known !== undefined)
      laggards.set(key, {...known, cursor: reached, delivered: 0});
  }
  if (main === undefined || main.window !== undefined) return {...state, laggards};
  const healed = read.filter(({reached}) => reached === main.watermark);
  for (const {key} of healed) laggards.delete(key);
  const points = PointSet.of(healed.flatMap(({key}) => pointOfKey(key) ?? []));
  return {...state, laggards, main: {...main, points: main.points.union(points)}};
}
