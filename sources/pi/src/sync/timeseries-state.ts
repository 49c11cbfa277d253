import type {HeldBack} from './held-back';
import {heldOnto, type HeldPoint, type HeldPoints} from './held-points';
import {msBetween} from './instants';
import {type Laggard, lagBehind, type PointFailure} from './laggards';
import {type PointId, pointKey, pointOfKey, PointSet} from './point-set';
import type {PiTimestamp} from './pi-timestamp';
import {nextWidthMs} from './windows';

/** Points that stand at one instant and move on together. */
export interface Front {
  /** Everything before is delivered, for each of the points. */
  readonly watermark: PiTimestamp;
  readonly points: PointSet;
  /** How wide the next window shall be. */
  readonly widthMs: number;
  /** The window `[watermark, end)` that is being read; undefined between windows. */
  readonly window: OpenWindow | undefined;
  /**
   * What is held back of the points, each where it is delivered to; undefined where
   * nothing is.
   */
  readonly held?: HeldPoints | undefined;
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
  /** Where history begins; undefined before the first sync, and in older states. */
  readonly start: PiTimestamp | undefined;
  /** Undefined before the first sync. */
  readonly main: Front | undefined;
  readonly joining: Front | undefined;
  readonly laggards: ReadonlyMap<string, Laggard>;
  /** While set, `main` reads again what lies before this instant (lookback). */
  readonly rereadUntil: PiTimestamp | undefined;
  /** Where the future began when it was last read; undefined where it never was. */
  readonly futureReadFrom: PiTimestamp | undefined;
  /** Groups of the future read so far. Not stored: a new attempt reads all of them. */
  readonly futureGroups: ReadonlySet<number>;
}

export const NEW_STATE: TimeseriesState = {
  start: undefined,
  main: undefined,
  joining: undefined,
  laggards: new Map(),
  rereadUntil: undefined,
  futureReadFrom: undefined,
  futureGroups: new Set(),
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
  /** What is held back of its points at `reached`; those not named have nothing. */
  readonly held: readonly HeldPoint[];
  /** How many events a window is to hold, for the width of the next one. */
  readonly targetEvents: number;
}

/** What was read of some laggards. */
export interface LaggardsOutcome {
  readonly kind: 'laggards';
  /** Points that could be read, and how far. */
  readonly read: readonly ReadLaggard[];
  readonly failures: readonly PointFailure[];
}

/** A laggard that could be read. */
export interface ReadLaggard {
  readonly key: string;
  readonly reached: PiTimestamp;
  /** What before it was held back. */
  readonly held?: HeldBack | undefined;
}

/** What was read of the future of some points. */
export interface FutureOutcome {
  readonly kind: 'future';
  /** Where the future begins. */
  readonly from: PiTimestamp;
  readonly group: number;
  readonly groups: number;
  readonly failures: readonly PointFailure[];
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
  const held = heldOnto(front.points, front.held, outcome);
  const read = {...front, ...(held === undefined ? {} : {held})};
  const isOpen = !isFinished(front, window);
  if (isOpen) return {...state, laggards, [outcome.front]: {...read, window}};
  const moved = closed(read, window, {laggards, targetEvents: outcome.targetEvents});
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
  const points = withoutLaggards(front.points, laggards);
  const held = front.held?.onto(points);
  return {
    watermark: end,
    points,
    ...(held === undefined || held.isEmpty ? {} : {held}),
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
  for (const {key, reached, held} of read) {
    const known = laggards.get(key);
    if (known === undefined) continue;
    laggards.set(key, {...known, cursor: reached, delivered: 0, held});
  }
  if (main === undefined || main.window !== undefined) return {...state, laggards};
  const healed = read.filter(({reached}) => reached === main.watermark);
  for (const {key} of healed) laggards.delete(key);
  const held = healed.flatMap(({key, held: own}) => {
    const point = pointOfKey(key);
    return point === undefined || own === undefined ? [] : [{point, held: own}];
  });
  const back = PointSet.of(healed.flatMap(({key}) => pointOfKey(key) ?? []));
  const points = main.points.union(back);
  const all = heldOnto(points, main.held, {held, reached: main.watermark});
  return {...state, laggards, main: {...main, points, ...(all && {held: all})}};
}

/** What is true after a part of the future was read. */
export function advanceFuture(
  state: TimeseriesState,
  {from, group, groups, failures}: FutureOutcome,
): TimeseriesState {
  const laggards = withFailures(state.laggards, failures);
  const futureGroups = new Set(state.futureGroups).add(group);
  if (futureGroups.size < groups) return {...state, laggards, futureGroups};
  return {...state, laggards, futureReadFrom: from, futureGroups: new Set()};
}
