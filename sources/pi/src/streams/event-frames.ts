import type {
  JsonObject,
  LineSink,
  Log,
  SourceStream,
  StreamDeclaration,
} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type {AssetDatabase} from '../client/asset-databases';
import type {PiHttp} from '../client/pi-http';
import {
  fromEpochMs,
  piTimestamp,
  toEpochMs,
  type PiTimestamp,
} from '../sync/pi-timestamp';
import {EVENT_FRAMES_SCHEMA} from './event-frames-record';
import {readFrames, type FramesWindow} from './event-frames-reading';
import {
  advanceFrames,
  beginSync,
  FIRST_WIDTH_MS,
  nextStretches,
  type BeginRules,
  type FramesOutcome,
  type FramesState,
  type OpenFrame,
} from './event-frames-state';
import {parseState} from './stored-state';

export interface EventFramesOptions {
  readonly http: PiHttp;
  readonly databases: () => Promise<readonly AssetDatabase[]>;
  readonly serverNow: () => Promise<PiTimestamp>;
  readonly start: PiTimestamp;
  readonly end: PiTimestamp | undefined;
  /** Analyses make event frames with delay: the newest stretch is left for the next sync. */
  readonly settleMs: number;
  readonly lookbackMs: number;
  readonly maxConcurrency: number;
  readonly log: Log;
  readonly pageSize?: number;
}

export type FramesSlice =
  | {readonly kind: 'begin'; readonly rules: BeginRules}
  | {readonly kind: 'window'; readonly window: FramesWindow};

export type FramesResult =
  | {readonly kind: 'begun'; readonly rules: BeginRules}
  | {readonly kind: 'read'; readonly outcome: FramesOutcome};

/** What is fixed as a sync begins. */
interface Sync {
  readonly databases: readonly AssetDatabase[];
  readonly end: PiTimestamp;
  /** Where each database's first slice begins; known once the state has begun. */
  firstFrom: ReadonlyMap<string, PiTimestamp> | undefined;
}

/**
 * All event frames of the selected databases: those that began since the last sync, and
 * again those that were open then. Each is emitted once per sync.
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
  #sync: Sync | undefined;
  #frames = 0;

  constructor(private readonly options: EventFramesOptions) {}

  decodeState(stored: JsonObject | undefined): FramesState {
    if (stored === undefined) return new Map();
    const {databases} = parseState(stored, StoredState, this.declaration.name);
    return new Map(
      Object.entries(databases).map(([id, {watermark, held_back, open}]) => [
        id,
        {
          watermark,
          heldBack: held_back,
          open: open.map(([webId, start]): OpenFrame => ({webId, start})),
          ahead: [],
          widthMs: FIRST_WIDTH_MS,
        },
      ]),
    );
  }

  encodeState(state: FramesState): JsonObject {
    const databases = [...state].map(([id, {watermark, heldBack, open}]) => [
      id,
      {
        watermark,
        ...(heldBack === undefined ? {} : {held_back: heldBack}),
        open: open.map(({webId, start}) => [webId, start]),
      },
    ]);
    return {version: 1, databases: Object.fromEntries(databases) as JsonObject};
  }

  async *plan(state: FramesState): AsyncGenerator<FramesSlice, void, void> {
    const sync = (this.#sync ??= await this.#begin());
    if (sync.firstFrom === undefined) {
      const {start, lookbackMs} = this.options;
      const rules = {databaseIds: sync.databases.map(({id}) => id), start, lookbackMs};
      const begun = beginSync(state, rules);
      sync.firstFrom = new Map([...begun].map(([id, {watermark}]) => [id, watermark]));
      if (!this.#isSame(state, begun)) {
        yield {kind: 'begin', rules};
        return;
      }
    }
    yield* this.#windows(state, sync);
  }

  async read(slice: FramesSlice, lines: LineSink): Promise<FramesResult> {
    if (slice.kind === 'begin') return {kind: 'begun', rules: slice.rules};
    const {http, log, pageSize} = this.options;
    const size = pageSize === undefined ? {} : {pageSize};
    const outcome = await readFrames(slice.window, {http, log, lines, ...size});
    this.#frames += outcome.frames;
    return {kind: 'read', outcome};
  }

  advance(state: FramesState, result: FramesResult): FramesState {
    if (result.kind === 'begun') return beginSync(state, result.rules);
    return advanceFrames(state, result.outcome);
  }

  summary(state: FramesState): string {
    const open = [...state.values()].reduce((sum, one) => sum + one.open.length, 0);
    return `${this.#frames} event frames of ${state.size} asset databases, ${open} of them without an end so far.`;
  }

  async #begin(): Promise<Sync> {
    const {databases, serverNow, settleMs, end} = this.options;
    const settled = fromEpochMs(
      Math.floor((toEpochMs(await serverNow()) - settleMs) / 1000) * 1000,
    );
    return {
      databases: await databases(),
      end: end === undefined || settled < end ? settled : end,
      firstFrom: undefined,
    };
  }

  #isSame(a: FramesState, b: FramesState): boolean {
    return JSON.stringify(this.encodeState(a)) === JSON.stringify(this.encodeState(b));
  }

  *#windows(state: FramesState, sync: Sync): Generator<FramesSlice> {
    for (const database of sync.databases) {
      const progress = state.get(database.id);
      if (progress === undefined) continue;
      const first = sync.firstFrom?.get(database.id);
      for (const {from, to} of nextStretches(
        progress,
        sync.end,
        this.options.maxConcurrency,
      )) {
        const tracked = progress.open.filter(({start}) => start < from);
        const rest =
          from === first ? {first: true, tracked} : {first: false, tracked: []};
        yield {kind: 'window', window: {database, from, to, ...rest}};
      }
    }
  }
}

const Instant = z.string().transform((text, context): PiTimestamp => {
  const instant = piTimestamp(text);
  if (instant !== undefined) return instant;
  context.addIssue({code: 'custom', message: 'Not a UTC instant.'});
  return z.NEVER;
});

const StoredState = z.looseObject({
  version: z.literal(1),
  databases: z.record(
    z.string(),
    z.looseObject({
      watermark: Instant,
      held_back: Instant.optional(),
      open: z.array(z.tuple([z.string(), Instant])).default([]),
    }),
  ),
});
