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
import {FIRST_APPETITE} from '../sync/appetite';
import {earliest, plusMs, wholeSecond} from '../sync/instants';
import type {PointFailure} from '../sync/laggards';
import type {PiPoint} from '../sync/pi-point';
import type {PiTimestamp} from '../sync/pi-timestamp';
import {pointKey, PointSet} from '../sync/point-set';
import {
  type Circumstances,
  difference,
  isEarlierStart,
  reconcile,
} from '../sync/reconcile';
import type {ReadFailure, ReadRules} from '../sync/slice-reading';
import {decodeTimeseriesState, encodeTimeseriesState} from '../sync/state-codec';
import type {ReadSpan, SyncAccount} from '../sync/sync-account';
import {
  advanceFuture,
  advanceGroup,
  advanceLaggards,
  type FutureOutcome,
  type GroupOutcome,
  type LaggardsOutcome,
  type TimeseriesState,
} from '../sync/timeseries-state';
import {ByteValueReader} from '../values/byte-value-reader';
import {readSlice, type ServerHealth, type SliceResult} from './slice-reader';
import type {Recount, Reread, SpanAudit} from './span-audit';
import {
  type GroupSlice,
  type Sync,
  TimeseriesPlan,
  type TimeseriesSlice,
} from './timeseries-plan';
import {failureOfPoints} from './timeseries-failure';
import {heldPoint, readLaggard, readSpan, unheard} from './timeseries-reading';
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
  /** Leave out the newest event of each point until PI has archived it. */
  readonly holdsNewest: boolean;
  /** How far beyond the end points with future data are read anew. */
  readonly futureMs: number;
  readonly account: SyncAccount;
  readonly audit: SpanAudit;
  readonly maxValuesPerResponse: number;
  readonly maxConcurrency: number;
  readonly log: Log;
}

export type TimeseriesOutcome =
  | {readonly kind: 'reconciled'; readonly circumstances: Circumstances}
  | GroupOutcome
  | LaggardsOutcome
  | FutureOutcome;

const DECLARATION: StreamDeclaration = {
  name: 'timeseries',
  jsonSchema: TIMESERIES_SCHEMA,
  supportedSyncModes: ['full_refresh', 'incremental'],
  primaryKey: [['tag_webid'], ['timestamp'], ['sequence']],
  cursorField: ['timestamp'],
  isResumable: true,
};

const NO_HEALTH: ServerHealth = {
  answers: 0,
  appetite: FIRST_APPETITE,
  refusals: 0,
  hasOthers: false,
};

const NOT_READ_AGAIN = 'The span could not be read once more.';

/** Every event that Data Archive holds of the selected points. */
export class Timeseries implements SourceStream<
  TimeseriesSlice,
  TimeseriesOutcome,
  TimeseriesState
> {
  readonly declaration = DECLARATION;
  private readonly reader = new ByteValueReader();
  private sync: Sync | undefined;
  private events = 0;
  private health: ServerHealth = NO_HEALTH;

  constructor(private readonly options: TimeseriesOptions) {}

  decodeState(stored: JsonObject | undefined): TimeseriesState {
    return decodeTimeseriesState(stored);
  }

  encodeState(state: TimeseriesState): JsonObject {
    return encodeTimeseriesState(state);
  }

  async *plan(state: TimeseriesState): AsyncGenerator<TimeseriesSlice> {
    const isBeginning = this.sync === undefined;
    const sync = (this.sync ??= await this.begin(state));
    const {start, lookbackMs} = this.options;
    const {selected} = sync;
    const circumstances = {selected, start, lookbackMs, isBeginning};
    const reconciled = reconcile(state, circumstances);
    if (reconciled === state) {
      this.options.account.state = state;
      const rules = {...this.rules(), isAtEase: this.health.appetite.share === 1};
      yield* new TimeseriesPlan(sync, rules).round(state);
      return;
    }
    this.tell(state, sync);
    yield {kind: 'reconcile', circumstances};
  }

  async read(slice: TimeseriesSlice, lines: LineSink): Promise<TimeseriesOutcome> {
    if (slice.kind === 'reconcile') {
      return {kind: 'reconciled', circumstances: slice.circumstances};
    }
    const tools = this.tools(lines);
    // What is to come was never a snapshot.
    const isFuture = slice.kind === 'future';
    const rules = {...tools.rules, holdsNewest: tools.rules.holdsNewest && !isFuture};
    const result = await readSlice(slice.spans, {...tools, rules, isWhole: isFuture});
    this.events += result.events;
    this.report(result.failures);
    if (!isFuture) await this.book(slice.kind === 'laggards', result, lines);
    const failures = result.failures.map((failure) => this.pointFailure(failure));
    if (slice.kind === 'future') {
      const {from, group, groups} = slice;
      return {kind: 'future', from, group, groups, failures};
    }
    if (slice.kind === 'group') return this.groupOutcome(slice, result, failures);
    return {kind: 'laggards', read: result.read.map(readLaggard), failures};
  }

  private groupOutcome(
    slice: GroupSlice,
    {events, read, to}: SliceResult,
    failures: readonly PointFailure[],
  ): GroupOutcome {
    const {front, window, group, targetEvents} = slice;
    const reached = to ?? window.end;
    const held = read.flatMap(heldPoint);
    const rest = {events, failures, held, targetEvents};
    return {kind: 'group', front, window, group, reached, ...rest};
  }

  /** Holds what was read against PI's own counts and enters it into the account. */
  private async book(
    healed: boolean,
    {read}: SliceResult,
    lines: LineSink,
  ): Promise<void> {
    const {account, audit} = this.options;
    const spans = read.map((result) => readSpan(result, healed));
    account.add(spans);
    const again = async (span: ReadSpan, sink: LineSink): Promise<Recount> => {
      const {point, from, to} = span;
      const once = {point, from, to, deliveredAtFrom: 0};
      const tools = {...this.tools(sink), isWhole: true};
      const [seen] = (await readSlice([once], tools)).read;
      if (seen === undefined) throw new TransientError(NOT_READ_AGAIN);
      return {events: seen.events, notGood: seen.notGood};
    };
    const reread: Reread = {
      count: (span) => again(span, unheard(lines)),
      emit: (span) => again(span, lines),
    };
    await audit.check(spans, reread);
  }

  private tools(lines: LineSink): Parameters<typeof readSlice>[1] {
    const {archive} = this.options;
    const {health, reader} = this;
    return {archive, reader, rules: this.rules(), lines, health};
  }

  advance(state: TimeseriesState, outcome: TimeseriesOutcome): TimeseriesState {
    switch (outcome.kind) {
      case 'reconciled':
        return reconcile(state, outcome.circumstances);
      case 'group':
        return advanceGroup(state, outcome);
      case 'laggards':
        return advanceLaggards(state, outcome);
      case 'future':
        return advanceFuture(state, outcome);
    }
  }

  summary({main, laggards}: TimeseriesState): string {
    const points = main?.points.size ?? 0;
    const {copied, parsed} = this.reader;
    return (
      `timeseries: ${this.events} events of ${points} points up to ` +
      `${main?.watermark ?? this.options.start}; ${laggards.size} points set aside; ` +
      `${copied} values copied, ${parsed} parsed.`
    );
  }

  failure(state: TimeseriesState): Error | undefined {
    return failureOfPoints(state);
  }

  private async begin(state: TimeseriesState): Promise<Sync> {
    const {options} = this;
    const now = await options.serverNow();
    const settled = wholeSecond(plusMs(now, -options.settleMs));
    const end = options.end === undefined ? settled : earliest(settled, options.end);
    const list = await options.points();
    const points = new Map<string, PiPoint>();
    for (const point of list) points.set(pointKey(point), point);
    if (points.size === 0) {
      throw new ConfigError(
        'The selection holds no point that this account can see. Change the selection, ' +
          'or ask the PI administrator for read access.',
      );
    }
    const servers = new Set(list.map(({serverId}) => serverId));
    this.health = {...NO_HEALTH, hasOthers: servers.size > 1};
    options.account.beginning = {now, end, points: list, state};
    const due = [...state.laggards].filter(([, {retryAt}]) => retryAt <= now);
    return {
      now,
      end,
      start: options.start,
      points,
      selected: PointSet.of(points.values()),
      due: new Map(due.map(([key, {failures}]) => [key, failures])),
      futureMs: options.end === undefined ? options.futureMs : 0,
    };
  }

  private rules(): ReadRules {
    const {archive, maxValuesPerResponse, ...options} = this.options;
    const {maxConcurrency, holdsNewest} = options;
    const {maxCountLimit} = archive;
    const {share, urlBytes} = this.health.appetite;
    const most = Math.min(maxValuesPerResponse, maxCountLimit);
    const maxValues = Math.max(1, Math.floor(most * share));
    const bounds = {maxValues, maxCountLimit, maxConcurrency, urlBytes};
    return {...bounds, holdsNewest};
  }

  private pointFailure({span, reason, lasting}: ReadFailure): PointFailure {
    return {
      key: pointKey(span.point),
      cursor: span.from,
      delivered: span.deliveredAtFrom,
      reason,
      lasting,
      at: this.sync?.now ?? span.from,
      held: span.held ?? span.heldIfFailed,
    };
  }

  private tell(state: TimeseriesState, {selected}: Sync): void {
    if (state.main === undefined) return;
    const {added, removed} = difference(state, selected);
    const {log, start} = this.options;
    if (isEarlierStart(state, start)) {
      log.info(`History begins earlier than so far: all is read from ${start} on.`);
    }
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
