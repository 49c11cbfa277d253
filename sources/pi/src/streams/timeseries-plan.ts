import {groupSizeFor, targetEvents, windowShape} from '../sync/groups';
import type {HeldBack} from '../sync/held-back';
import {earliest, latest, msBetween, plusMs} from '../sync/instants';
import type {PiPoint} from '../sync/pi-point';
import type {PiTimestamp} from '../sync/pi-timestamp';
import {pointKey, type PointId, type PointSet} from '../sync/point-set';
import type {PointSpan} from '../sync/queued-request';
import type {Circumstances} from '../sync/reconcile';
import type {ReadRules} from '../sync/slice-reading';
import {
  type Front,
  type FrontName,
  groupCount,
  groupPoints,
  type OpenWindow,
  type TimeseriesState,
} from '../sync/timeseries-state';
import {windowEnd} from '../sync/windows';

/** What is to be done next: look at the plant anew, or read points. */
export type TimeseriesSlice =
  | {readonly kind: 'reconcile'; readonly circumstances: Circumstances}
  | GroupSlice
  | {readonly kind: 'laggards'; readonly spans: readonly PointSpan[]}
  | FutureSlice;

/** A part of the points, in one window. */
export interface GroupSlice {
  readonly kind: 'group';
  readonly front: FrontName;
  readonly window: Pick<OpenWindow, 'end' | 'groupSize'>;
  readonly group: number;
  readonly spans: readonly PointSpan[];
  readonly targetEvents: number;
}

/** What is to come at points with future data. */
export interface FutureSlice {
  readonly kind: 'future';
  readonly from: PiTimestamp;
  readonly group: number;
  readonly groups: number;
  readonly spans: readonly PointSpan[];
}

/** What is fixed as a sync begins. */
export interface Sync {
  readonly now: PiTimestamp;
  readonly end: PiTimestamp;
  /** Where history begins. */
  readonly start: PiTimestamp;
  readonly points: ReadonlyMap<string, PiPoint>;
  readonly selected: PointSet;
  /** Laggards whose time to be tried has come, with their failures so far. */
  readonly due: ReadonlyMap<string, number>;
  /** How far beyond the end points with future data are read. */
  readonly futureMs: number;
}

/** What slices are made by. */
export interface PlanRules extends ReadRules {
  /** Answers may be as large as the user allows: PI has shown that it is quick. */
  readonly isAtEase: boolean;
}

/** The slices of the next round, from what is known. Asks PI nothing. */
export class TimeseriesPlan {
  constructor(
    private readonly sync: Sync,
    private readonly rules: PlanRules,
  ) {}

  /** Newest first: all to the end, then the history of new points, laggards, the future. */
  *round(state: TimeseriesState): Generator<TimeseriesSlice> {
    const {main, joining, rereadUntil} = state;
    const {end} = this.sync;
    if (main === undefined) return;
    if (main.window !== undefined || main.watermark < end) {
      const limit = rereadUntil === undefined ? end : earliest(rereadUntil, end);
      yield* this.frontSlices(state, {name: 'main', front: main, limit});
    } else if (joining !== undefined) {
      const limit = main.watermark;
      yield* this.frontSlices(state, {name: 'joining', front: joining, limit});
    } else {
      yield* this.lastSlices(state, main.watermark);
    }
  }

  private *lastSlices(
    state: TimeseriesState,
    reached: PiTimestamp,
  ): Generator<TimeseriesSlice> {
    let slices = 0;
    for (const slice of this.laggardSlices(state, reached)) {
      slices += 1;
      yield slice;
    }
    if (slices === 0) yield* this.futureSlices(state, reached);
  }

  private *frontSlices(
    state: TimeseriesState,
    at: {readonly name: FrontName; readonly front: Front; readonly limit: PiTimestamp},
  ): Generator<GroupSlice> {
    const {name, front, limit} = at;
    const {end, groupSize, reached} = front.window ?? this.newWindow(front, limit);
    const groups = groupCount(front.points, groupSize);
    for (let group = 0; group < groups; group += 1) {
      const from = reached.get(group) ?? front.watermark;
      if (from >= end) continue;
      const points = groupPoints(state, front, {index: group, size: groupSize});
      yield {
        kind: 'group',
        front: name,
        window: {end, groupSize},
        group,
        spans: points.flatMap((point) =>
          this.span(point, {
            ...{from, to: end, deliveredAtFrom: 0},
            held: this.due(front.held?.of(point)),
          }),
        ),
        targetEvents: targetEvents(front.points.size, this.rules),
      };
    }
  }

  /** Nothing is due from before the history that is wanted. */
  private due(held: HeldBack | undefined): HeldBack | undefined {
    return held && {...held, since: latest(held.since, this.sync.start)};
  }

  private newWindow(
    {watermark, points, widthMs}: Front,
    limit: PiTimestamp,
  ): OpenWindow {
    const {rules} = this;
    // Groups are for the whole window: small ones of now would stay small to its end.
    const mostMs = rules.isAtEase ? msBetween(watermark, limit) : widthMs;
    const shape = windowShape(points.size, {widthMs, mostMs}, rules);
    return {
      end: windowEnd(watermark, shape.widthMs, limit),
      groupSize: shape.groupSize,
      events: 0,
      reached: new Map(),
    };
  }

  private *laggardSlices(
    {laggards}: TimeseriesState,
    to: PiTimestamp,
  ): Generator<TimeseriesSlice> {
    const {due, points} = this.sync;
    const spans = [...laggards]
      .filter(([key, {cursor, failures}]) => due.get(key) === failures && cursor < to)
      .flatMap(([key, {cursor, delivered, held: before}]) => {
        const point = points.get(key);
        const held = this.due(before);
        const span = {from: cursor, to, deliveredAtFrom: delivered, held};
        return point === undefined ? [] : [{point, ...span}];
      });
    const size = groupSizeFor(spans.length, this.rules);
    for (let first = 0; first < spans.length; first += size) {
      yield {kind: 'laggards', spans: spans.slice(first, first + size)};
    }
  }

  private *futureSlices(
    state: TimeseriesState,
    from: PiTimestamp,
  ): Generator<FutureSlice> {
    const {futureMs, points, end} = this.sync;
    if (futureMs === 0 || state.futureReadFrom === from) return;
    const to = plusMs(latest(from, end), futureMs);
    const spans = [...points]
      .filter(([key, {future}]) => future && !state.laggards.has(key))
      .map(([, point]) => {
        const heldIfFailed = state.main?.held?.of(point);
        return {point, from, to, deliveredAtFrom: 0, heldIfFailed};
      });
    const size = groupSizeFor(spans.length, this.rules);
    const groups = Math.ceil(spans.length / size);
    for (let group = 0; group < groups; group += 1) {
      const part = spans.slice(group * size, (group + 1) * size);
      yield {kind: 'future', from, group, groups, spans: part};
    }
  }

  private span(id: PointId, span: Omit<PointSpan, 'point'>): PointSpan[] {
    const point = this.sync.points.get(pointKey(id));
    return point === undefined ? [] : [{point, ...span}];
  }
}
