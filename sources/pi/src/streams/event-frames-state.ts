import {fromEpochMs, toEpochMs, type PiTimestamp} from '../sync/pi-timestamp';

/** An event frame that had no end when it was read. */
export interface OpenFrame {
  readonly webId: string;
  readonly start: PiTimestamp;
}

/** Half-open stretch of time. */
export interface Stretch {
  readonly from: PiTimestamp;
  readonly to: PiTimestamp;
}

/** How far the event frames of one asset database are read. */
export interface DatabaseFrames {
  /** Every frame that began before it was emitted; those of `open` without an end. */
  readonly watermark: PiTimestamp;
  /** Oldest first. */
  readonly open: readonly OpenFrame[];
  /** Start of the oldest open frame for which `open` had no room: the next sync reads from there. */
  readonly heldBack: PiTimestamp | undefined;
  /** Read in this sync, ahead of the watermark. Not stored. */
  readonly ahead: readonly Stretch[];
  /** Width of the next slices. Not stored. */
  readonly widthMs: number;
}

/** By GUID of the asset database. */
export type FramesState = ReadonlyMap<string, DatabaseFrames>;

/** What a slice has read. */
export interface FramesOutcome extends Stretch {
  readonly databaseId: string;
  /** The first slice of the sync also read every older frame that was still open. */
  readonly first: boolean;
  readonly open: readonly OpenFrame[];
  readonly frames: number;
  /** More than one page was needed. */
  readonly crowded: boolean;
}

const DAY_MS = 86_400_000;
export const FIRST_WIDTH_MS = DAY_MS;
const MIN_WIDTH_MS = 60_000;
const MAX_WIDTH_MS = 90 * DAY_MS;
/** Below so many frames a slice is worth widening. */
const SPARSE = 200;
/** Of all databases together: some 90 bytes each keep the state below 400 KB. */
const MAX_OPEN = 4000;

export interface BeginRules {
  readonly databaseIds: readonly string[];
  readonly start: PiTimestamp;
  readonly lookbackMs: number;
}

/**
 * The state with which a sync begins: new databases from the start, the others from the
 * watermark, or from where it was held back, minus the lookback. Open frames that will
 * be met again by their start are let go.
 */
export function beginSync(
  state: FramesState,
  {databaseIds, start, lookbackMs}: BeginRules,
): FramesState {
  const begun = databaseIds.map((id) => {
    const known = state.get(id);
    const fresh = {ahead: [], heldBack: undefined, widthMs: FIRST_WIDTH_MS};
    if (known === undefined)
      return [id, {...fresh, watermark: start, open: []}] as const;
    const resumeAt = earlier(known.watermark, known.heldBack ?? known.watermark);
    const watermark = back(resumeAt, lookbackMs, start);
    const open = known.open.filter((frame) => frame.start < watermark);
    return [id, {...fresh, watermark, open}] as const;
  });
  // A database that is not selected at the moment keeps its place for later.
  return new Map([...state, ...begun]);
}

/** The next slices of a database, as many as are read at once; none at the end. */
export function nextStretches(
  {watermark, ahead, widthMs}: DatabaseFrames,
  end: PiTimestamp,
  count: number,
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let from = watermark;
  while (from < end && stretches.length < count) {
    const at = from;
    const done = ahead.find((stretch) => stretch.from === at);
    const to = done?.to ?? nextEnd({from, widthMs, ahead, end});
    if (done === undefined) stretches.push({from, to});
    from = to;
  }
  return stretches;
}

/** What is true after a slice: the only place where the watermark moves. */
export function advanceFrames(state: FramesState, outcome: FramesOutcome): FramesState {
  const before = state.get(outcome.databaseId);
  if (before === undefined) return state;
  const older = outcome.first ? fromOn(before.open, outcome.from) : before.open;
  const room = Math.max(1, Math.floor(MAX_OPEN / state.size));
  const {open, dropped} = bounded([...older, ...outcome.open], room);
  const heldBack =
    dropped === undefined
      ? before.heldBack
      : earlier(dropped, before.heldBack ?? dropped);
  const progress = merged(before, outcome);
  const widthMs = widthAfter(before.widthMs, outcome);
  return new Map(state).set(outcome.databaseId, {...progress, open, heldBack, widthMs});
}

function merged(
  {watermark, ahead}: DatabaseFrames,
  {from, to}: Stretch,
): Pick<DatabaseFrames, 'watermark' | 'ahead'> {
  let reached = watermark;
  let waiting = [...ahead, {from, to}];
  for (;;) {
    const at = reached;
    const next = waiting.find((stretch) => stretch.from === at);
    if (next === undefined) return {watermark: reached, ahead: waiting};
    waiting = waiting.filter((stretch) => stretch !== next);
    reached = next.to;
  }
}

function bounded(
  open: readonly OpenFrame[],
  room: number,
): {readonly open: readonly OpenFrame[]; readonly dropped: PiTimestamp | undefined} {
  const sorted = [...open].sort((a, b) =>
    a.start === b.start ? (a.webId < b.webId ? -1 : 1) : a.start < b.start ? -1 : 1,
  );
  return {open: sorted.slice(0, room), dropped: sorted[room]?.start};
}

function fromOn(open: readonly OpenFrame[], from: PiTimestamp): readonly OpenFrame[] {
  return open.filter(({start}) => start >= from);
}

function widthAfter(
  widthMs: number,
  {from, to, frames, crowded}: FramesOutcome,
): number {
  const readMs = toEpochMs(to) - toEpochMs(from);
  if (crowded) return Math.max(MIN_WIDTH_MS, Math.min(widthMs, readMs / 2));
  if (frames > SPARSE) return widthMs;
  return Math.min(MAX_WIDTH_MS, Math.max(widthMs, readMs * 2));
}

interface StretchFrom {
  readonly from: PiTimestamp;
  readonly widthMs: number;
  readonly ahead: readonly Stretch[];
  readonly end: PiTimestamp;
}

/** Ends lie on whole seconds, which every server compares alike. */
function nextEnd({from, widthMs, ahead, end}: StretchFrom): PiTimestamp {
  const wanted = wholeSecond(fromEpochMs(toEpochMs(from) + Math.max(1000, widthMs)));
  const obstacles = ahead.map((stretch) => stretch.from).filter((at) => at > from);
  return [wanted, end, ...obstacles].reduce(earlier);
}

function wholeSecond(instant: PiTimestamp): PiTimestamp {
  return fromEpochMs(Math.floor(toEpochMs(instant) / 1000) * 1000);
}

function back(from: PiTimestamp, byMs: number, notBefore: PiTimestamp): PiTimestamp {
  if (byMs === 0) return from;
  const rewound = wholeSecond(fromEpochMs(toEpochMs(from) - byMs));
  return rewound < notBefore ? earlier(from, notBefore) : rewound;
}

function earlier(a: PiTimestamp, b: PiTimestamp): PiTimestamp {
  return a < b ? a : b;
}
