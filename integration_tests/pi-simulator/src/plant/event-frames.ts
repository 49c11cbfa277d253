import {mix} from '../chance/hash';
import {sealGuid, type Guid} from '../identity/guid';
import {type Ticks} from '../time/ticks';
import {type AfElement, type AssetDatabase} from './asset-model';
import {type EventFrame} from './event-frame';
import {type FrameAct} from './frame-act';
import {framePath, severityOf, type FillingFrame} from './frame-maker';
import {FramePlan} from './frame-plan';
import {frameSchedule, MAX_FRAME_LIFE_TICKS} from './frame-schedule';
import {standingFrames} from './frame-standing';
import {templateByName, type Severity} from './templates';

/** A stretch of time as it looks at `now`. */
export interface FrameSpan {
  readonly from: Ticks;
  readonly to: Ticks;
  readonly now: Ticks;
}

/** What a frame that is opened by hand is made from. */
export interface OpenedFrame {
  readonly name: string;
  readonly template: string;
  readonly description: string;
  readonly start: Ticks;
  readonly severity: Severity | undefined;
  readonly elements: readonly AfElement[];
  /** Another frame that was opened by hand. */
  readonly parent: EventFrame | undefined;
}

/** A frame of the plan and what is going to be done to it. */
export interface PlannedFrame {
  readonly frame: EventFrame;
  readonly acts: readonly FrameAct[];
}

/** Every event frame of a database as it stands: those of the plan, and those by hand. */
export class EventFrames {
  private readonly plan: FramePlan;
  private readonly hasLife: boolean;
  /** What was done by hand, by the GUID a frame was first made with. */
  private readonly acts = new Map<Guid, FrameAct[]>();
  /** Opened by hand and without a parent. */
  private readonly opened: FillingFrame[] = [];
  private readonly byOrigin = new Map<Guid, FillingFrame>();
  /** From the GUIDs given by hand to the first GUID of their frame. */
  private readonly origins = new Map<Guid, Guid>();

  constructor(
    private readonly database: AssetDatabase,
    facts: {
      readonly seed: number;
      readonly historyStart: Ticks;
      readonly hasLife: boolean;
    },
  ) {
    this.plan = new FramePlan(database, facts.seed, facts.historyStart);
    this.hasLife = facts.hasLife;
  }

  /** Frames that overlap the span and have begun by `now`, parents before children. */
  *overlapping({from, to, now}: FrameSpan): Generator<EventFrame> {
    const last = Math.min(to, now);
    for (const root of this.roots(from, last)) {
      for (const frame of this.standing(root, now)) {
        if (frame.start <= last && frame.end >= from) yield frame;
      }
    }
  }

  /** The frame of a GUID, if it has begun by `now` and is not deleted. */
  find(guid: Guid, now: Ticks): EventFrame | undefined {
    const first = this.origins.get(guid) ?? guid;
    const opened = this.byOrigin.get(first);
    const roots = opened === undefined ? this.plan.rootsOf(first) : this.opened;
    return roots
      .flatMap((root) => this.standing(root, now))
      .find((frame) => frame.guid === guid && frame.start <= now);
  }

  /** Adds something that is done by hand. */
  act({origin}: EventFrame, act: FrameAct): void {
    this.acts.set(origin, [...(this.acts.get(origin) ?? []), act]);
  }

  /** A new GUID for a frame that is made anew by hand. */
  guidAnew({origin}: EventFrame): Guid {
    const guid = this.freeGuid();
    this.origins.set(guid, origin);
    return guid;
  }

  /** Opens a frame by hand; it has no end until it is closed. */
  open(made: OpenedFrame): EventFrame {
    const guid = this.freeGuid();
    const template = templateByName(made.template);
    const parent = made.parent && this.byOrigin.get(made.parent.origin);
    const frame: FillingFrame = {
      ...made,
      database: this.database,
      guid,
      origin: guid,
      path: framePath(this.database, made.name, parent),
      end: Infinity,
      severity: made.severity ?? severityOf(template),
      acknowledgement: undefined,
      annotations: [],
      recaptures: 0,
      categories: template?.categories ?? [],
      parent,
      children: [],
      salt: mix(this.plan.guidSalt, this.byOrigin.size),
    };
    this.byOrigin.set(guid, frame);
    this.origins.set(guid, guid);
    if (parent === undefined) this.opened.push(frame);
    else parent.children.push(frame);
    return frame;
  }

  isOpenedByHand({origin}: EventFrame): boolean {
    return this.byOrigin.has(origin);
  }

  /** The frames of the plan to which anything may happen in the span, by the schedule. */
  *planned({
    from,
    to,
  }: {
    readonly from: Ticks;
    readonly to: Ticks;
  }): Generator<PlannedFrame> {
    for (const root of this.plan.roots({from: from - MAX_FRAME_LIFE_TICKS, to})) {
      for (const frame of withChildren(root))
        yield {frame, acts: this.scheduled(frame)};
    }
  }

  private *roots(from: Ticks, to: Ticks): Generator<EventFrame> {
    yield* this.plan.roots({from, to});
    yield* this.opened;
  }

  private standing(root: EventFrame, now: Ticks): readonly EventFrame[] {
    return standingFrames(root, (frame) => this.actsOf(frame), now);
  }

  private actsOf(frame: EventFrame): readonly FrameAct[] {
    const byHand = this.acts.get(frame.origin) ?? [];
    return [...this.scheduled(frame), ...byHand].sort((a, b) => a.at - b.at);
  }

  private scheduled(frame: EventFrame): readonly FrameAct[] {
    if (!this.hasLife || this.byOrigin.has(frame.origin)) return [];
    return frameSchedule(frame, this.plan.guidSalt);
  }

  /** Sealed with a salt of its own, so that it is never one of the plan. */
  private freeGuid(): Guid {
    const salt = mix(this.plan.guidSalt, 0x4a4d);
    return sealGuid(salt, {high: this.origins.size, low: this.database.index});
  }
}

function withChildren(frame: EventFrame): readonly EventFrame[] {
  return [frame, ...frame.children.flatMap(withChildren)];
}
