import type {LineSink, Log, SourceStream, StreamDeclaration} from 'airbyte-cdk-ts';

import type {AssetDatabase} from '../client/asset-databases';
import {eventFrameTemplates} from '../client/event-frame-templates';
import type {PiHttp} from '../client/pi-http';
import {fromEpochMs, toEpochMs, type PiTimestamp} from '../sync/pi-timestamp';
import {ALL_FRAMES, filtersFor, type FramesFilter} from './event-frames-filter';
import {isCovered} from './event-frames-known';
import {readFrames, type FramesWindow} from './event-frames-reading';
import {EVENT_FRAMES_SCHEMA} from './event-frames-record';
import {
  advanceFrames,
  beginSync,
  nextStretches,
  type BeginRules,
  type DatabaseFrames,
  type FramesOutcome,
  type FramesState,
} from './event-frames-state';
import {decodeFramesState, encodeFramesState} from './event-frames-stored';

export interface EventFramesOptions {
  readonly http: PiHttp;
  readonly databases: () => Promise<readonly AssetDatabase[]>;
  readonly serverNow: () => Promise<PiTimestamp>;
  readonly start: PiTimestamp;
  readonly end: PiTimestamp | undefined;
  /** Analyses make event frames with delay: the newest stretch is left for the next sync. */
  readonly settleMs: number;
  readonly lookbackMs: number;
  /** Names of templates, derived ones included; empty: all frames. */
  readonly templates: readonly string[];
  readonly annotations: boolean;
  readonly maxConcurrency: number;
  readonly log: Log;
  readonly pageSize?: number;
}

export type FramesSlice =
  | {readonly kind: 'begin'; readonly rules: BeginRules}
  | {readonly kind: 'window'; readonly window: FramesWindow; readonly now: PiTimestamp};

export type FramesResult =
  | {readonly kind: 'begun'; readonly rules: BeginRules}
  | {readonly kind: 'read'; readonly outcome: FramesOutcome};

/** What is fixed as a sync begins. */
interface Sync {
  readonly databases: readonly AssetDatabase[];
  readonly filters: ReadonlyMap<string, FramesFilter>;
  /** Time at PI. */
  readonly now: PiTimestamp;
  readonly end: PiTimestamp;
  /** Where each database's first slice begins; known once the state has begun. */
  firstFrom: ReadonlyMap<string, PiTimestamp> | undefined;
}

/**
 * All event frames of the selected databases: those that began since the last sync, and
 * again those that were open then or that the lookback reaches. Each is delivered once
 * per sync; one that has vanished since it was delivered gets a row that says so.
 */
export class EventFrames implements SourceStream<
  FramesSlice,
  FramesResult,
  FramesState
> {
  readonly declaration: StreamDeclaration = {
    name: 'event_frames',
    jsonSchema: EVENT_FRAMES_SCHEMA,
    supportedSyncModes: ['full_refresh', 'incremental'],
    primaryKey: [['event_frame_id']],
    cursorField: ['start_time'],
    isResumable: true,
  };
  readonly decodeState = decodeFramesState;
  readonly encodeState = encodeFramesState;
  #sync: Sync | undefined;
  #frames = 0;
  #deleted = 0;

  constructor(private readonly options: EventFramesOptions) {}

  async *plan(state: FramesState): AsyncGenerator<FramesSlice, void, void> {
    const sync = (this.#sync ??= await this.#begin());
    if (sync.firstFrom === undefined) {
      const rules = this.#rules(sync);
      const begun = beginSync(state, rules);
      sync.firstFrom = new Map([...begun].map(([id, {watermark}]) => [id, watermark]));
      this.#tellBlindness(begun, sync);
      // A round must get on: one that would leave the state as it is has no slice.
      if (!isSame(state, begun)) {
        yield {kind: 'begin', rules};
        return;
      }
    }
    yield* this.#windows(state, sync);
  }

  async read(slice: FramesSlice, lines: LineSink): Promise<FramesResult> {
    if (slice.kind === 'begin') return {kind: 'begun', rules: slice.rules};
    const {http, log, annotations, pageSize} = this.options;
    const size = pageSize === undefined ? {} : {pageSize};
    const tools = {http, log, lines, annotations, now: slice.now, ...size};
    const outcome = await readFrames(slice.window, tools);
    this.#frames += outcome.frames;
    this.#deleted += outcome.deleted;
    return {kind: 'read', outcome};
  }

  advance(state: FramesState, result: FramesResult): FramesState {
    if (result.kind === 'begun') return beginSync(state, result.rules);
    return advanceFrames(state, result.outcome, this.options.lookbackMs);
  }

  summary(state: FramesState): string {
    const progresses = [...state.values()];
    const open = progresses.flatMap(({known}) =>
      known.filter(({end}) => end === undefined),
    );
    const limits = progresses.flatMap((one) => limitTold(one, this.options.lookbackMs));
    return [
      `${this.#frames} event frames of ${state.size} asset databases, ${open.length} of them without an end so far; ${this.#deleted} were deleted since they were delivered.`,
      ...new Set(limits),
    ].join(' ');
  }

  async #begin(): Promise<Sync> {
    const {serverNow, settleMs, end} = this.options;
    const databases = await this.options.databases();
    const filters = await this.#filters(databases);
    const now = await serverNow();
    const settled = fromEpochMs(Math.floor((toEpochMs(now) - settleMs) / 1000) * 1000);
    return {
      databases,
      filters,
      now,
      end: end === undefined || settled < end ? settled : end,
      firstFrom: undefined,
    };
  }

  async #filters(
    databases: readonly AssetDatabase[],
  ): Promise<ReadonlyMap<string, FramesFilter>> {
    const {http, templates} = this.options;
    if (templates.length === 0) return new Map();
    const asked = databases.map(
      async (database) =>
        [database.id, await eventFrameTemplates(http, database)] as const,
    );
    return filtersFor(templates, new Map(await Promise.all(asked)));
  }

  #rules({databases, filters, end}: Sync): BeginRules {
    const {start, lookbackMs} = this.options;
    const scopes = databases.map(({id}) => {
      const templates = filters.get(id)?.scope;
      return [id, {since: start, templates}] as const;
    });
    return {scopes: new Map(scopes), end, lookbackMs};
  }

  *#windows(state: FramesState, sync: Sync): Generator<FramesSlice> {
    for (const database of sync.databases) {
      const progress = state.get(database.id);
      if (progress === undefined) continue;
      const filter = sync.filters.get(database.id) ?? ALL_FRAMES;
      const firstFrom = sync.firstFrom?.get(database.id);
      const {maxConcurrency} = this.options;
      for (const {from, to} of nextStretches(progress, sync.end, maxConcurrency)) {
        const span = {from, to, first: from === firstFrom};
        const expected = progress.known.filter((frame) => isCovered(span, frame));
        const window = {...span, database, filter, expected};
        yield {kind: 'window', window, now: sync.now};
      }
    }
  }

  /** Where the lookback reaches behind what is remembered, deletions stay unseen. */
  #tellBlindness(begun: FramesState, {databases, firstFrom}: Sync): void {
    for (const {id, name} of databases) {
      const from = firstFrom?.get(id) ?? '';
      const until = begun.get(id)?.forgottenUntil ?? '';
      if (until < from || until === '') continue;
      this.options.log.info(
        `Event frames of ${name} that ended until ${until} are read again, but are not remembered: this sync does not notice which of them were deleted.`,
      );
    }
  }
}

function isSame(a: FramesState, b: FramesState): boolean {
  return JSON.stringify(encodeFramesState(a)) === JSON.stringify(encodeFramesState(b));
}

/** What the next sync will not notice, for want of room in the state. */
function limitTold(
  {watermark, heldBack, forgottenUntil}: DatabaseFrames,
  lookbackMs: number,
): string | [] {
  const lookback = fromEpochMs(toEpochMs(watermark) - lookbackMs);
  if (heldBack !== undefined) {
    return `More event frames are open than the state remembers: from ${heldBack} on all are read again with each sync, and which of the open ones are deleted is not noticed.`;
  }
  if (forgottenUntil === undefined || forgottenUntil < lookback) return [];
  return `The state does not remember event frames that ended until ${forgottenUntil}: which of them are deleted is not noticed.`;
}
