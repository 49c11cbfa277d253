import {TransientError, type LineSink, type Log} from 'airbyte-cdk-ts';

import type {AssetDatabase} from '../client/asset-databases';
import {eventFrameAnnotations, eventFrameValues} from '../client/event-frame-values';
import {eventFramePage, eventFramesById, type EventFrame} from '../client/event-frames';
import {mayShrink} from '../client/failure';
import {LIST_START, turnList, type ListPosition} from '../client/list-page';
import type {PiHttp} from '../client/pi-http';
import type {PiTimestamp} from '../sync/pi-timestamp';
import type {FramesFilter} from './event-frames-filter';
import type {FramesSpan, KnownFrame} from './event-frames-known';
import {deletedFrameRecord, eventFrameRecord, knownFrame} from './event-frames-record';
import type {FramesOutcome} from './event-frames-state';
import {writeRecords} from './record-lines';

/** A slice: one database, one stretch of time. */
export interface FramesWindow extends FramesSpan {
  readonly database: AssetDatabase;
  readonly filter: FramesFilter;
  /** Delivered earlier and to be met again: asked for singly if not. */
  readonly expected: readonly KnownFrame[];
}

export interface FramesTools {
  readonly http: PiHttp;
  readonly log: Log;
  readonly lines: LineSink;
  readonly annotations: boolean;
  /** Time at PI when the sync began. */
  readonly now: PiTimestamp;
  readonly pageSize?: number;
}

const PAGE_SIZE = 1000;
const SMALLEST_PAGE = 50;
const MAX_RESTARTS = 3;

/** Reads a slice to its end: pages of frames, what belongs to them, the missing ones. */
export async function readFrames(
  window: FramesWindow,
  tools: FramesTools,
): Promise<FramesOutcome> {
  const reading = new FramesReading(window, tools);
  for (const templateName of window.filter.templates) {
    await reading.readList(templateName);
  }
  await reading.readMissing();
  return reading.outcome();
}

class FramesReading {
  readonly #known = new Map<string, KnownFrame>();
  #frames = 0;
  #deleted = 0;
  #crowded = false;
  #pageSize: number;

  constructor(
    private readonly window: FramesWindow,
    private readonly tools: FramesTools,
  ) {
    this.#pageSize = tools.pageSize ?? PAGE_SIZE;
  }

  outcome(): FramesOutcome {
    const {database, from, to, first} = this.window;
    return {
      databaseId: database.id,
      from,
      to,
      first,
      known: [...this.#known.values()],
      frames: this.#frames,
      deleted: this.#deleted,
      crowded: this.#crowded,
    };
  }

  async readList(templateName: string | undefined): Promise<void> {
    let position: ListPosition | undefined = LIST_START;
    let restarts = 0;
    while (position !== undefined) {
      const next = await this.#readPage(position, templateName);
      if (next === 'shifted') restarts++;
      if (restarts > MAX_RESTARTS) throw unsteady(this.window.database);
      position = next === 'shifted' ? LIST_START : next;
      this.#crowded ||= position !== undefined;
    }
  }

  /** A frame that is not met may have ended before, been changed, or been deleted. */
  async readMissing(): Promise<void> {
    const {expected, filter} = this.window;
    const missing = expected.filter(({id}) => !this.#known.has(id));
    const webIds = missing.map(({webId}) => webId);
    const results = await eventFramesById(this.tools.http, webIds);
    const found = results.flatMap((result) => (result.ok ? [result.content] : []));
    await this.#emit(found.filter(({TemplateName}) => filter.isWanted(TemplateName)));
    const refused = results.flatMap((result, index) => {
      const frame = missing[index];
      if (result.ok || frame === undefined) return [];
      return [{frame, status: result.refusal.status}];
    });
    await this.#emitDeleted(refused.filter(isGone).map(({frame}) => frame));
    this.#keepUnreadable(refused.filter((one) => !isGone(one)));
  }

  async #readPage(
    position: ListPosition,
    templateName: string | undefined,
  ): Promise<ListPosition | undefined | 'shifted'> {
    const answer = await this.#askPage(position, templateName);
    const turn = turnList(position, answer, ({WebId}) => WebId);
    if (turn.kind === 'shifted') return 'shifted';
    await this.#emit(turn.fresh.filter((frame) => this.#isOurs(frame)));
    return turn.next;
  }

  /** A page that is too much for the server is asked for in smaller ones. */
  async #askPage(
    position: ListPosition,
    templateName: string | undefined,
  ): ReturnType<typeof eventFramePage> {
    const {database, from, to, first} = this.window;
    const searchMode = first ? 'Overlapped' : 'StartInclusive';
    const query = {database, searchMode, from, to, templateName} as const;
    for (;;) {
      const pageSize = this.#pageSize;
      try {
        return await eventFramePage(this.tools.http, query, {position, pageSize});
      } catch (thrown) {
        if (!mayShrink(thrown) || pageSize <= SMALLEST_PAGE) throw thrown;
        this.#pageSize = Math.max(SMALLEST_PAGE, Math.floor(pageSize / 4));
      }
    }
  }

  /** Both ends of PI's window are inclusive, ours are not: a seam belongs to one slice. */
  #isOurs(frame: EventFrame): boolean {
    const {from, to, first} = this.window;
    const {id, start} = knownFrame(frame);
    return start < to && (first || start >= from) && !this.#known.has(id);
  }

  async #emit(frames: readonly EventFrame[]): Promise<void> {
    const {http, lines} = this.tools;
    const {database} = this.window;
    const webIds = frames.map(({WebId}) => WebId);
    const [values, annotations] = await Promise.all([
      eventFrameValues(http, webIds),
      this.#annotations(frames),
    ]);
    const records = frames.flatMap((frame, index) => {
      const own = values[index];
      if (own === undefined) return [];
      const noted = annotations.get(frame.WebId);
      return [eventFrameRecord(frame, {values: own, annotations: noted, database})];
    });
    await writeRecords(lines, records);
    this.#frames += frames.length;
    for (const frame of frames) this.#remember(knownFrame(frame));
  }

  /** Of those that have some; a server that does not tell is asked. */
  async #annotations(
    frames: readonly EventFrame[],
  ): Promise<ReadonlyMap<string, FrameAnnotationsResult>> {
    if (!this.tools.annotations) return new Map();
    const annotated = frames.filter(({IsAnnotated}) => IsAnnotated !== false);
    const webIds = annotated.map(({WebId}) => WebId);
    const results = await eventFrameAnnotations(this.tools.http, webIds);
    return new Map(results.map((result, at) => [webIds[at] ?? '', result] as const));
  }

  async #emitDeleted(gone: readonly KnownFrame[]): Promise<void> {
    const {lines, log, now} = this.tools;
    if (gone.length === 0) return;
    await writeRecords(
      lines,
      gone.map((frame) => deletedFrameRecord(frame, now)),
    );
    this.#deleted += gone.length;
    log.info(
      `${gone.length} event frames of ${this.window.database.name} that were delivered earlier are no longer in PI, or hidden from the account: their rows say is_deleted.`,
    );
  }

  /** That a frame cannot be read now says nothing about it: the next sync asks again. */
  #keepUnreadable(
    refused: readonly {readonly frame: KnownFrame; readonly status: number}[],
  ): void {
    for (const {frame} of refused) this.#remember(frame);
    if (refused.length === 0) return;
    const statuses = [...new Set(refused.map(({status}) => status))].join(', ');
    this.tools.log.warn(
      `${refused.length} event frames of ${this.window.database.name} that were delivered earlier cannot be read now (status ${statuses}); the next sync asks again.`,
    );
  }

  #remember(frame: KnownFrame): void {
    this.#known.set(frame.id, frame);
  }
}

type FrameAnnotationsResult = Awaited<ReturnType<typeof eventFrameAnnotations>>[number];

const NOT_FOUND = 404;

function isGone({status}: {readonly status: number}): boolean {
  return status === NOT_FOUND;
}

function unsteady({name}: AssetDatabase): TransientError {
  return new TransientError(
    'Event frames are created or deleted faster than their list can be read.',
    {details: {database: name}},
  );
}
