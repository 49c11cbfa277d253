import {
  ConfigError,
  type JsonObject,
  type LineSink,
  type Log,
  type SourceStream,
  type StreamDeclaration,
  TransientError,
} from 'airbyte-cdk-ts';

import type {Archive} from '../client/archive';
import {groupSizeFor, type ReadLimits, targetEvents} from '../sync/groups';
import {earliest, plusMs, wholeSecond} from '../sync/instants';
import type {PointFailure} from '../sync/laggards';
import type {PiPoint} from '../sync/pi-point';
import type {PiTimestamp} from '../sync/pi-timestamp';
import {pointKey, PointSet} from '../sync/point-set';
import type {PointSpan, ReadFailure} from '../sync/slice-reading';
import {decodeTimeseriesState, encodeTimeseriesState} from '../sync/state-codec';
import {
  advanceGroup,
  advanceLaggards,
  type Circumstances,
  difference,
  type Front,
  type FrontName,
  groupCount,
  type GroupOutcome,
  groupPoints,
  type LaggardsOutcome,
  type OpenWindow,
  reconcile,
  type TimeseriesState,
} from '../sync/timeseries-state';
import {windowEnd} from '../sync/windows';
import {plainValueReader} from '../values/plain-value-reader';
import {readSlice, type ServerHealth} from './slice-reader';
import {TIMESERIES_SCHEMA} from './timeseries-schema';

export interface TimeseriesOptions {
  readonly archive: Archive;
  /** The selected points, asked for once per sync. */
  readonly points: () => Promise<readonly PiPoint[]>;
  /** PI's clock, asked for once per sync. */
  readonly serverNow: () => Promise<PiTimestamp>;
  readonly start: PiTimestamp;
  /** Exclusive; undefined: up to now. */
  readonly end: PiTimestamp | undefined;
  /** How long an event may take to reach the archive. */
  readonly settleMs: number;
  /** How far behind the watermark every sync reads again. */
  readonly lookbackMs: number;
  readonly maxValuesPerResponse: number;
  readonly maxConcurrency: number;
  readonly log: Log;
}

/** What is to be done next: look at the plant anew, or read points. */
export type TimeseriesSlice =
  | {readonly kind: 'reconcile'; readonly circumstances: Circumstances}
  | {
      readonly kind: 'group';
      readonly front: FrontName;
      readonly window: Pick<OpenWindow, 'end' | 'groupSize'>;
      readonly group: number;
      readonly spans: readonly PointSpan[];
      readonly targetEvents: number;
    }
  | {readonly kind: 'laggards'; readonly spans: readonly PointSpan[]};

export type TimeseriesOutcome =
  | {readonly kind: 'reconciled'; readonly circumstances: Circumstances}
  | GroupOutcome
  | LaggardsOutcome;

const DECLARATION: StreamDeclaration = {
  name: 'timeseries',
  jsonSchema: TIMESERIES_SCHEMA,
  supportedSyncModes: ['full_refresh', 'incremental'],
  primaryKey: [['tag_webid'], ['timestamp'], ['sequence']],
  cursorField: ['timestamp'],
  isResumable: true,
};

const NOTHING_READ =
  'None of the selected points could be read. If this does not pass, ask the PI ' +
  'administrator whether the account may read the data of these points.';

/** What is fixed as a sync begins. */
interface Sync {
  readonly now: PiTimestamp;
  readonly end: PiTimestamp;
  readonly points: ReadonlyMap<string, PiPoint>;
  readonly selected: PointSet;
  /** Laggards whose time to be tried has come, with their failures so far. */
  readonly due: ReadonlyMap<string, number>;
}

/** Every event that Data Archive holds of the selected points. */
export class Timeseries implements SourceStream<
  TimeseriesSlice,
  TimeseriesOutcome,
  TimeseriesState
> {
  readonly declaration = DECLARATION;
  private sync: Sync | undefined;
  private events = 0;
  private readonly health: ServerHealth = {answers: 0};

  constructor(private readonly options: TimeseriesOptions) {}

  decodeState(stored: JsonObject | undefined): TimeseriesState {
    return decodeTimeseriesState(stored);
  }

  encodeState(state: TimeseriesState): JsonObject {
    return encodeTimeseriesState(state);
  }

  async *plan(state: TimeseriesState): AsyncGenerator<TimeseriesSlice> {
    const lookbackMs = this.sync === undefined ? this.options.lookbackMs : 0;
    const sync = (this.sync ??= await this.begin(state));
    const {start} = this.options;
    const circumstances = {selected: sync.selected, start, lookbackMs};
    const reconciled = reconcile(state, circumstances);
    if (reconciled === state) {
      yield* this.round(state, sync);
      return;
    }
    this.tell(state, sync);
    yield {kind: 'reconcile', circumstances};
  }

  async read(slice: TimeseriesSlice, lines: LineSink): Promise<TimeseriesOutcome> {
    if (slice.kind === 'reconcile') {
      return {kind: 'reconciled', circumstances: slice.circumstances};
    }
    const {archive} = this.options;
    const {health} = this;
    const reader = plainValueReader;
    const tools = {archive, reader, limits: this.limits(), lines, health};
    const {events, failures, spans} = await readSlice(slice.spans, tools);
    this.events += events;
    this.report(failures);
    const failed = failures.map((failure) => this.pointFailure(failure));
    if (slice.kind === 'group') {
      const {front, window, group, targetEvents: target} = slice;
      const reached = spans[0]?.to ?? window.end;
      const rest = {events, failures: failed, targetEvents: target};
      return {kind: 'group', front, window, group, reached, ...rest};
    }
    const failedKeys = new Set(failed.map(({key}) => key));
    const read = spans
      .map(({point, to}) => ({key: pointKey(point), reached: to}))
      .filter(({key}) => !failedKeys.has(key));
    return {kind: 'laggards', read, failures: failed};
  }

  advance(state: TimeseriesState, outcome: TimeseriesOutcome): TimeseriesState {
    switch (outcome.kind) {
      case 'reconciled':
        return reconcile(state, outcome.circumstances);
      case 'group':
        return advanceGroup(state, outcome);
      case 'laggards':
        return advanceLaggards(state, outcome);
    }
  }

  summary({main, laggards}: TimeseriesState): string {
    const points = main?.points.size ?? 0;
    return (
      `timeseries: ${this.events} events of ${points} points up to ` +
      `${main?.watermark ?? this.options.start}; ${laggards.size} points set aside.`
    );
  }

  failure({main, joining, laggards}: TimeseriesState): Error | undefined {
    const others = (main?.points.size ?? 0) + (joining?.points.size ?? 0);
    if (laggards.size === 0 || others > 0) return undefined;
    const reasons = [...new Set([...laggards.values()].map(({reason}) => reason))];
    const isPassing = reasons.some((reason) => reason.startsWith('5'));
    const Failure = isPassing ? TransientError : ConfigError;
    return new Failure(NOTHING_READ, {
      details: {points: laggards.size, reasons: reasons.sort().join(' ')},
    });
  }

  private async begin({laggards}: TimeseriesState): Promise<Sync> {
    const {options} = this;
    const now = await options.serverNow();
    const settled = wholeSecond(plusMs(now, -options.settleMs));
    const end = options.end === undefined ? settled : earliest(settled, options.end);
    const points = new Map<string, PiPoint>();
    for (const point of await options.points()) points.set(pointKey(point), point);
    if (points.size === 0) {
      throw new ConfigError(
        'The selection holds no point that this account can see. Change the selection, ' +
          'or ask the PI administrator for read access.',
      );
    }
    const due = [...laggards].filter(([, {retryAt}]) => retryAt <= now);
    return {
      now,
      end,
      points,
      selected: PointSet.of(points.values()),
      due: new Map(due.map(([key, {failures}]) => [key, failures])),
    };
  }

  /** Newest first: all to the end, then the history of new points, then laggards. */
  private *round(state: TimeseriesState, sync: Sync): Generator<TimeseriesSlice> {
    const {main, joining} = state;
    if (main === undefined) return;
    if (main.window !== undefined || main.watermark < sync.end) {
      yield* this.frontSlices(state, {name: 'main', front: main, limit: sync.end});
    } else if (joining !== undefined) {
      const limit = main.watermark;
      yield* this.frontSlices(state, {name: 'joining', front: joining, limit});
    } else {
      yield* this.laggardSlices(state, main.watermark, sync);
    }
  }

  private *frontSlices(
    state: TimeseriesState,
    at: {readonly name: FrontName; readonly front: Front; readonly limit: PiTimestamp},
  ): Generator<TimeseriesSlice> {
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
          this.span(pointKey(point), {from, to: end, deliveredAtFrom: 0}),
        ),
        targetEvents: targetEvents(front.points.size, this.limits()),
      };
    }
  }

  private newWindow(
    {watermark, points, widthMs}: Front,
    limit: PiTimestamp,
  ): OpenWindow {
    return {
      end: windowEnd(watermark, widthMs, limit),
      groupSize: groupSizeFor(points.size, this.limits()),
      events: 0,
      reached: new Map(),
    };
  }

  private *laggardSlices(
    {laggards}: TimeseriesState,
    to: PiTimestamp,
    {due}: Sync,
  ): Generator<TimeseriesSlice> {
    const spans = [...laggards]
      .filter(([key, {cursor, failures}]) => due.get(key) === failures && cursor < to)
      .flatMap(([key, {cursor, delivered}]) =>
        this.span(key, {from: cursor, to, deliveredAtFrom: delivered}),
      );
    const size = groupSizeFor(spans.length, this.limits());
    for (let first = 0; first < spans.length; first += size) {
      yield {kind: 'laggards', spans: spans.slice(first, first + size)};
    }
  }

  private span(key: string, span: Omit<PointSpan, 'point'>): PointSpan[] {
    const point = this.sync?.points.get(key);
    return point === undefined ? [] : [{point, ...span}];
  }

  private limits(): ReadLimits {
    const {archive, maxValuesPerResponse, maxConcurrency} = this.options;
    const {maxCountLimit} = archive;
    const maxValues = Math.min(maxValuesPerResponse, maxCountLimit);
    return {maxValues, maxCountLimit, maxConcurrency};
  }

  private pointFailure({span, reason, lasting}: ReadFailure): PointFailure {
    return {
      key: pointKey(span.point),
      cursor: span.from,
      delivered: span.deliveredAtFrom,
      reason,
      lasting,
      at: this.sync?.now ?? span.from,
    };
  }

  private tell(state: TimeseriesState, {selected}: Sync): void {
    if (state.main === undefined) return;
    const {added, removed} = difference(state, selected);
    const {log, start} = this.options;
    if (added > 0) log.info(`${added} points are new: they are read from ${start}.`);
    if (removed > 0) log.warn(`${removed} points are not selected any more.`);
  }

  private report(failures: readonly ReadFailure[]): void {
    if (failures.length === 0) return;
    const named = failures
      .slice(0, 5)
      .map(({span, reason}) => `${span.point.name} (${reason}, from ${span.from})`);
    const more = failures.length > 5 ? ` and ${failures.length - 5} more` : '';
    this.options.log.warn(
      `Set aside, to be read later, as they could not be read now: ${named.join(', ')}${more}.`,
    );
  }
}
