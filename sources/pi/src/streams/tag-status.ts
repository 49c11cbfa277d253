import type {
  JsonObject,
  LineSink,
  Log,
  SourceStream,
  StreamDeclaration,
} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type {LatestEvent} from '../client/latest-events';
import {idOnlyWebId} from '../client/web-id';
import {NamePatterns} from '../selection/name-patterns';
import type {PiPoint} from '../sync/pi-point';
import type {PiTimestamp} from '../sync/pi-timestamp';
import {PointNames, pointNames} from '../sync/point-names';
import {type PointId, pointKey, PointSet} from '../sync/point-set';
import {PointStandings} from '../sync/point-standing';
import {knownPoints} from '../sync/reconcile';
import type {SyncAccount} from '../sync/sync-account';
import {writeRecords} from './record-lines';
import {parseState} from './stored-state';
import {
  goneRecord,
  pointRecord,
  type StatusSurroundings,
  TAG_STATUS_SCHEMA,
  unmatchedRecord,
} from './tag-status-record';

export interface TagStatusOptions {
  readonly account: SyncAccount;
  /** The selected points, asked for once per sync. */
  readonly points: () => Promise<readonly PiPoint[]>;
  /** PI's clock, asked for once per sync. */
  readonly serverNow: () => Promise<PiTimestamp>;
  /** Names of data servers by their GUID, asked for once per sync. */
  readonly serverNames: () => Promise<ReadonlyMap<string, string>>;
  /** What PI says of the newest events, in the order of the points. */
  readonly latestEvents: (
    points: readonly PiPoint[],
  ) => Promise<readonly LatestEvent[]>;
  /** Names and patterns of the settings. */
  readonly wanted: readonly string[];
  readonly log: Log;
}

/** Points that were known, or names that no point has, in rows of their own. */
export type TagStatusSlice =
  | {readonly kind: 'points'; readonly points: readonly PiPoint[]}
  | {readonly kind: 'gone'; readonly points: readonly PointId[]}
  | {readonly kind: 'unmatched'; readonly names: readonly string[]}
  | {readonly kind: 'end'; readonly names: PointNames};

export type TagStatusOutcome =
  | {readonly kind: 'rows'; readonly rows: number}
  | {readonly kind: 'end'; readonly names: PointNames};

/** What the sync before knew, until all rows of this one are delivered. */
export interface TagStatusState {
  readonly names: PointNames;
  /** Rows of this sync; undefined when all of them are delivered. */
  readonly rows: number | undefined;
}

/** What is fixed as the stream begins. */
interface Sync {
  readonly points: readonly PiPoint[];
  readonly gone: PointSet;
  readonly unmatched: readonly string[];
  readonly before: PointNames;
  readonly standings: PointStandings;
  readonly surroundings: StatusSurroundings;
}

const ROWS_PER_SLICE = 1000;
/** So many slices in a row of which PI tells nothing: it is not asked again. */
const MOST_REFUSALS = 3;

/** How each point stands: one row for every point that is or was selected. */
export class TagStatus implements SourceStream<
  TagStatusSlice,
  TagStatusOutcome,
  TagStatusState
> {
  readonly declaration: StreamDeclaration = {
    name: 'tag_status',
    jsonSchema: TAG_STATUS_SCHEMA,
    supportedSyncModes: ['full_refresh', 'incremental'],
    primaryKey: [['tag_webid']],
    cursorField: ['synced_at'],
    isResumable: true,
  };
  private sync: Sync | undefined;
  private refusals = 0;
  private readonly states = new Map<string, number>();

  constructor(private readonly options: TagStatusOptions) {}

  decodeState(stored: JsonObject | undefined): TagStatusState {
    if (stored === undefined) return {names: PointNames.NONE, rows: 0};
    const {points} = parseState(stored, StoredState, this.declaration.name);
    return {names: points ?? PointNames.NONE, rows: 0};
  }

  encodeState({names, rows}: TagStatusState): JsonObject {
    const progress = rows === undefined ? {} : {rows};
    return {version: 1, points: names.encode(), ...progress};
  }

  async *plan({
    names,
    rows,
  }: TagStatusState): AsyncGenerator<TagStatusSlice, void, void> {
    if (rows === undefined) return;
    const sync = (this.sync ??= await this.begin(names));
    if (rows === 0 && sync.points.length + sync.gone.size + sync.unmatched.length > 0) {
      yield* rowSlices(sync);
    } else {
      yield {kind: 'end', names: PointNames.of(sync.points)};
    }
  }

  async read(slice: TagStatusSlice, lines: LineSink): Promise<TagStatusOutcome> {
    if (slice.kind === 'end') return slice;
    const records = await this.records(slice);
    for (const {state} of records) {
      if (typeof state !== 'string') continue;
      this.states.set(state, (this.states.get(state) ?? 0) + 1);
    }
    await writeRecords(lines, records);
    return {kind: 'rows', rows: records.length};
  }

  advance(state: TagStatusState, outcome: TagStatusOutcome): TagStatusState {
    if (outcome.kind === 'end') return {names: outcome.names, rows: undefined};
    return {...state, rows: (state.rows ?? 0) + outcome.rows};
  }

  summary(): string {
    const counts = [...this.states].sort(([a], [b]) => (a < b ? -1 : 1));
    return `Points: ${counts.map(([state, count]) => `${count} ${state}`).join(', ')}.`;
  }

  private async begin(before: PointNames): Promise<Sync> {
    const {options} = this;
    const {beginning} = options.account;
    const points = beginning?.points ?? (await options.points());
    const syncedAt = beginning?.now ?? (await options.serverNow());
    const serverNames = await options.serverNames();
    const known =
      beginning === undefined ? PointSet.EMPTY : knownPoints(beginning.state);
    const wanted = new NamePatterns(options.wanted);
    const unmatched = wanted.unmatchedBy(points.map(({name}) => name));
    return {
      points,
      gone: before.points.union(known).minus(PointSet.of(points)),
      unmatched: unmatched.filter(({explicit}) => explicit).map(({text}) => text),
      before,
      standings: new PointStandings(options.account),
      surroundings: {syncedAt, serverNames},
    };
  }

  private async records(
    slice: Exclude<TagStatusSlice, {kind: 'end'}>,
  ): Promise<readonly JsonObject[]> {
    const {sync} = this;
    if (sync === undefined) return [];
    const {surroundings} = sync;
    switch (slice.kind) {
      case 'points':
        return await this.pointRecords(slice.points, sync);
      case 'gone':
        return slice.points.map((point) => goneRecord(withWebId(point), surroundings));
      case 'unmatched':
        return slice.names.map((name) => unmatchedRecord(name, surroundings));
    }
  }

  private async pointRecords(
    points: readonly PiPoint[],
    {standings, before, surroundings}: Sync,
  ): Promise<readonly JsonObject[]> {
    const {account} = this.options;
    const isRead = account.beginning !== undefined;
    const latest = await this.latest(points, standings);
    return points.map((point) => {
      const {events = 0} = account.of(pointKey(point)) ?? {};
      const status = {
        point,
        standing: standings.of(point),
        latest: latest.get(point) ?? UNKNOWN,
        events: isRead ? events : undefined,
        isRenamed: before.change(point) === 'renamed',
      };
      return pointRecord(status, surroundings);
    });
  }

  /** By this sync's own reading, else by asking PI; one that fails is left in peace. */
  private async latest(
    points: readonly PiPoint[],
    standings: PointStandings,
  ): Promise<ReadonlyMap<PiPoint, LatestEvent>> {
    const latest = new Map<PiPoint, LatestEvent>();
    const quiet: PiPoint[] = [];
    for (const point of points) {
      const at = this.options.account.of(pointKey(point))?.last;
      if (at !== undefined) latest.set(point, {kind: 'event', at});
      else if (standings.of(point).state !== 'quarantined') quiet.push(point);
    }
    if (quiet.length === 0 || this.refusals >= MOST_REFUSALS) return latest;
    const told = await this.options.latestEvents(quiet);
    quiet.forEach((point, index) => latest.set(point, told[index] ?? UNKNOWN));
    this.noteRefusals(told);
    return latest;
  }

  private noteRefusals(told: readonly LatestEvent[]): void {
    const isRefused = told.every(({kind}) => kind === 'unknown');
    this.refusals = isRefused ? this.refusals + 1 : 0;
    if (this.refusals !== MOST_REFUSALS) return;
    this.options.log.warn(
      'PI refused several times to tell the newest events: tag_status goes on without ' +
        'last_event for points that had no event in this sync.',
    );
  }
}

const UNKNOWN: LatestEvent = {kind: 'unknown'};

function* rowSlices({points, gone, unmatched}: Sync): Generator<TagStatusSlice> {
  for (let from = 0; from < points.length; from += ROWS_PER_SLICE) {
    yield {kind: 'points', points: points.slice(from, from + ROWS_PER_SLICE)};
  }
  for (let from = 0; from < gone.size; from += ROWS_PER_SLICE) {
    yield {kind: 'gone', points: gone.slice(from, from + ROWS_PER_SLICE)};
  }
  if (unmatched.length > 0) yield {kind: 'unmatched', names: unmatched};
}

function withWebId({serverId, pointId}: PointId): Pick<PiPoint, 'webId' | 'serverId'> {
  const webId = idOnlyWebId({kind: 'point', serverId, id: String(pointId)});
  return {serverId, webId};
}

const StoredState = z.looseObject({
  version: z.literal(1),
  points: pointNames.optional(),
});
