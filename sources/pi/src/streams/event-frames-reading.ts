import {TransientError, type LineSink, type Log} from 'airbyte-cdk-ts';

import type {AssetDatabase} from '../client/asset-databases';
import {
  eventFramePage,
  eventFramesById,
  eventFrameValues,
  type EventFrame,
} from '../client/event-frames';
import {LIST_START, turnList, type ListPosition} from '../client/list-page';
import type {PiHttp} from '../client/pi-http';
import {endOf, eventFrameRecord} from './event-frames-record';
import type {FramesOutcome, OpenFrame, Stretch} from './event-frames-state';
import {writeRecords} from './record-lines';

/** A slice: one database, one stretch of time. */
export interface FramesWindow extends Stretch {
  readonly database: AssetDatabase;
  /** Also takes what began earlier and was under way in the stretch. */
  readonly first: boolean;
  /** Open frames of the last sync that began earlier: asked for singly if not met. */
  readonly tracked: readonly OpenFrame[];
}

export interface FramesTools {
  readonly http: PiHttp;
  readonly log: Log;
  readonly lines: LineSink;
  readonly pageSize?: number;
}

const PAGE_SIZE = 1000;
const MAX_RESTARTS = 3;

/** Reads a slice to its end: pages of frames, their values, then the tracked ones. */
export async function readFrames(
  window: FramesWindow,
  tools: FramesTools,
): Promise<FramesOutcome> {
  const reading = new FramesReading(window, tools);
  await reading.readPages();
  if (window.first) await reading.readTracked();
  return reading.outcome();
}

class FramesReading {
  readonly #emitted = new Set<string>();
  readonly #open: OpenFrame[] = [];
  #pages = 0;

  constructor(
    private readonly window: FramesWindow,
    private readonly tools: FramesTools,
  ) {}

  outcome(): FramesOutcome {
    const {database, from, to, first} = this.window;
    const frames = this.#emitted.size;
    const crowded = this.#pages > 1;
    return {
      databaseId: database.id,
      from,
      to,
      first,
      open: this.#open,
      frames,
      crowded,
    };
  }

  async readPages(): Promise<void> {
    let position: ListPosition | undefined = LIST_START;
    let restarts = 0;
    while (position !== undefined) {
      const next = await this.#readPage(position);
      if (next === 'shifted') restarts++;
      if (restarts > MAX_RESTARTS) throw unsteady(this.window.database);
      position = next === 'shifted' ? LIST_START : next;
    }
  }

  /** Asks singly for frames that were open and are no longer found by their time. */
  async readTracked(): Promise<void> {
    const missing = this.window.tracked.filter(({webId}) => !this.#emitted.has(webId));
    const webIds = missing.map(({webId}) => webId);
    const results = await eventFramesById(this.tools.http, webIds);
    const found = results.flatMap((result) => (result.ok ? [result.content] : []));
    await this.#emit(found);
    for (const [index, result] of results.entries()) {
      const frame = missing[index];
      if (!result.ok && frame !== undefined) this.#lost(frame, result.refusal.status);
    }
  }

  async #readPage(
    position: ListPosition,
  ): Promise<ListPosition | undefined | 'shifted'> {
    const {database, from, to, first} = this.window;
    const searchMode = first ? 'Overlapped' : 'StartInclusive';
    const {http, pageSize = PAGE_SIZE} = this.tools;
    const query = {database, searchMode, from, to} as const;
    const answer = await eventFramePage(http, query, {position, pageSize});
    const turn = turnList(position, answer, ({WebId}) => WebId);
    if (turn.kind === 'shifted') return 'shifted';
    this.#pages++;
    await this.#emit(turn.fresh.filter((frame) => this.#isOurs(frame)));
    return turn.next;
  }

  /** Both ends of PI's window are inclusive, ours are not: a seam belongs to one slice. */
  #isOurs({WebId, StartTime}: EventFrame): boolean {
    const {from, to, first} = this.window;
    return StartTime < to && (first || StartTime >= from) && !this.#emitted.has(WebId);
  }

  async #emit(frames: readonly EventFrame[]): Promise<void> {
    const {http, lines, log} = this.tools;
    const webIds = frames.map(({WebId}) => WebId);
    const values = await eventFrameValues(http, webIds);
    const records = frames.map((frame, index) => {
      const result = values[index];
      if (result?.ok !== true) {
        log.warn(
          `The attribute values of the event frame ${frame.Name} cannot be read.`,
        );
      }
      const content = result?.ok === true ? result.content : undefined;
      return eventFrameRecord(frame, content, this.window.database);
    });
    await writeRecords(lines, records);
    for (const frame of frames) this.#note(frame);
  }

  #note(frame: EventFrame): void {
    this.#emitted.add(frame.WebId);
    if (endOf(frame) !== undefined) return;
    this.#open.push({webId: frame.WebId, start: frame.StartTime});
  }

  /** Deleted ones are let go; those that cannot be read now are asked for again. */
  #lost(frame: OpenFrame, status: number): void {
    const {log} = this.tools;
    if (status === 404) {
      log.warn(
        `The event frame ${frame.webId}, which was open, no longer exists in PI; its record stays as it was.`,
      );
      return;
    }
    log.warn(
      `The event frame ${frame.webId}, which was open, cannot be read now (status ${status}); the next sync asks again.`,
    );
    this.#open.push(frame);
  }
}

function unsteady({name}: AssetDatabase): TransientError {
  return new TransientError(
    'Event frames are created or deleted faster than their list can be read.',
    {details: {database: name}},
  );
}
