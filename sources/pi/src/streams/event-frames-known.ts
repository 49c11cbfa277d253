import type {PiTimestamp} from '../sync/pi-timestamp';

/** An event frame that was delivered, as it was when it was read last. */
export interface KnownFrame {
  /** GUID, lower case. */
  readonly id: string;
  readonly webId: string;
  readonly start: PiTimestamp;
  /** Undefined while it is open. */
  readonly end: PiTimestamp | undefined;
}

/** Half-open stretch of time. */
export interface Stretch {
  readonly from: PiTimestamp;
  readonly to: PiTimestamp;
}

/** What a slice asks PI for. */
export interface FramesSpan extends Stretch {
  /** Also takes what began earlier and was under way at `from`. */
  readonly first: boolean;
}

/** Whether a slice must meet the frame again, unless it was changed or deleted. */
export function isCovered(
  {from, to, first}: FramesSpan,
  {start, end}: KnownFrame,
): boolean {
  if (start >= to) return false;
  if (start >= from) return true;
  return first && (end === undefined || end >= from);
}

/** How many frames a state may remember, and how far back. */
export interface MemoryLimits {
  readonly open: number;
  readonly closed: number;
  /** Frames that ended earlier will not be read again. */
  readonly endedFrom: PiTimestamp;
}

/** What is remembered, and what had to be forgotten. */
export interface Memory {
  readonly known: readonly KnownFrame[];
  /** Start of the oldest open frame without room. */
  readonly heldBack: PiTimestamp | undefined;
  /** Latest end among the closed ones that were let go. */
  readonly forgottenUntil: PiTimestamp | undefined;
}

/** Lets go of what will not be met again, then of what exceeds the limits. */
export function remembered(
  frames: readonly KnownFrame[],
  limits: MemoryLimits,
): Memory {
  const open = frames.filter(({end}) => end === undefined);
  const closed = frames.filter(({end}) => end !== undefined);
  const ended = closed.filter(({end = ''}) => end < limits.endedFrom);
  const recent = closed.filter(({end = ''}) => end >= limits.endedFrom);
  const oldestFirst = sortedBeyond(limits.open, open, byStart);
  const newestFirst = sortedBeyond(limits.closed, recent, byEndDescending);
  const forgotten = [...ended, ...newestFirst.slice(limits.closed)];
  return {
    known: [
      ...oldestFirst.slice(0, limits.open),
      ...newestFirst.slice(0, limits.closed),
    ],
    heldBack: oldestFirst[limits.open]?.start,
    forgottenUntil: forgotten.reduce<PiTimestamp | undefined>(
      (last, {end}) => (last === undefined || (end ?? last) > last ? end : last),
      undefined,
    ),
  };
}

/** Sorting thousands after every slice is spared where all have room. */
function sortedBeyond(
  room: number,
  frames: readonly KnownFrame[],
  order: (a: KnownFrame, b: KnownFrame) => number,
): readonly KnownFrame[] {
  return frames.length > room ? [...frames].sort(order) : frames;
}

/** Oldest first; the id decides where two begin at once. */
export function byStart(a: KnownFrame, b: KnownFrame): number {
  return compared(a.start, b.start) || compared(a.id, b.id);
}

function byEndDescending(a: KnownFrame, b: KnownFrame): number {
  return compared(b.end ?? '', a.end ?? '') || compared(a.id, b.id);
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
