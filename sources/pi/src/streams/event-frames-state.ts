import {earliest, latest, msBetween, plusMs, wholeSecond} from '../sync/instants';
import type {PiTimestamp} from '../sync/pi-timestamp';
import {
  isCovered,
  remembered,
  type FramesSpan,
  type KnownFrame,
  type Stretch,
} from './event-frames-known';
import {isWithin, type FramesScope} from './event-frames-scope';

/** How far the event frames of one asset database are read. */
export interface DatabaseFrames {
  /** Every frame of the scope that began before it was delivered. */
  readonly watermark: PiTimestamp;
  /** The furthest watermark so far: behind it, a sync reads again. */
  readonly reached: PiTimestamp;
  /** Delivered frames that are open, or that the next sync will read again. */
  readonly known: readonly KnownFrame[];
  /** Start of the oldest open frame for which `known` had no room: the next sync reads from there. */
  readonly heldBack: PiTimestamp | undefined;
  /** Among the frames that ended later than this, none was forgotten. */
  readonly forgottenUntil: PiTimestamp | undefined;
  readonly scope: FramesScope | undefined;
  /** Read in this sync, ahead of the watermark. Not stored. */
  readonly ahead: readonly Stretch[];
  /** Width of the next slices. Not stored. */
  readonly widthMs: number;
}

/** By GUID of the asset database. */
export type FramesState = ReadonlyMap<string, DatabaseFrames>;

/** What a slice has read. */
export interface FramesOutcome extends FramesSpan {
  readonly databaseId: string;
  /** All frames that were delivered and exist, and those that could not be read. */
  readonly known: readonly KnownFrame[];
  readonly frames: number;
  readonly deleted: number;
  /** More than one page was needed. */
  readonly crowded: boolean;
}

const DAY_MS = 86_400_000;
const FIRST_WIDTH_MS = DAY_MS;
const MIN_WIDTH_MS = 60_000;
const MAX_WIDTH_MS = 90 * DAY_MS;
/** Below so many frames a slice is worth widening. */
const SPARSE = 200;
/** Of all databases together. With 40 bytes a frame the state stays below 1 MB. */
export const MAX_OPEN = 4000;
export const MAX_CLOSED = 16_000;

export interface BeginRules {
  /** What is wanted of each selected database, by its GUID. */
  readonly scopes: ReadonlyMap<string, FramesScope>;
  readonly end: PiTimestamp;
  readonly lookbackMs: number;
}

/**
 * The state with which a sync begins: new databases from the start, the others from the
 * furthest watermark, or from where it was held back, minus the lookback. A sync that was
 * broken off while it read again does so once more: what it had read may have changed.
 */
export function beginSync(state: FramesState, rules: BeginRules): FramesState {
  const begun = [...rules.scopes].map(([id, scope]) => {
    const known = state.get(id);
    return [
      id,
      known === undefined ? newDatabase(scope) : begin(known, scope, rules),
    ] as const;
  });
  // A database that is not selected at the moment keeps its place for later.
  return new Map([...state, ...begun]);
}

/** Progress of a database as the state tells it, at rest. */
export function atRest(
  stored: Omit<DatabaseFrames, 'ahead' | 'widthMs'>,
): DatabaseFrames {
  return {...stored, ahead: [], widthMs: FIRST_WIDTH_MS};
}

function newDatabase(scope: FramesScope): DatabaseFrames {
  const {since} = scope;
  const nothing = {known: [], heldBack: undefined, forgottenUntil: undefined};
  return atRest({watermark: since, reached: since, scope, ...nothing});
}

function begin(
  before: DatabaseFrames,
  scope: FramesScope,
  {end, lookbackMs}: BeginRules,
): DatabaseFrames {
  const rest = atRest({...before, heldBack: undefined, scope});
  if (!isWithin(scope, before.scope)) {
    return {...rest, watermark: scope.since, reached: scope.since};
  }
  const resumeAt = either(earliest, before.watermark, before.heldBack);
  const reachedAt = either(earliest, earliest(before.reached, end), before.heldBack);
  const readAgainAt = back(reachedAt, lookbackMs, scope.since);
  // What ended before history begins is nobody's wish, however early a sync ended.
  return {...rest, watermark: latest(scope.since, earliest(resumeAt, readAgainAt))};
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

/**
 * What is true after a slice: the only place where the watermark moves. `lookbackMs` is
 * how far behind the watermark the next sync will begin.
 */
export function advanceFrames(
  state: FramesState,
  outcome: FramesOutcome,
  lookbackMs: number,
): FramesState {
  const before = state.get(outcome.databaseId);
  if (before === undefined) return state;
  const {watermark, ahead} = merged(before, outcome);
  const met = new Set(outcome.known.map(({id}) => id));
  const others = before.known.filter(
    (frame) => !isCovered(outcome, frame) && !met.has(frame.id),
  );
  const {known, heldBack, forgottenUntil} = remembered([...others, ...outcome.known], {
    open: Math.max(1, Math.floor(MAX_OPEN / state.size)),
    closed: Math.max(1, Math.floor(MAX_CLOSED / state.size)),
    endedFrom: wholeSecond(plusMs(watermark, -lookbackMs)),
  });
  return new Map(state).set(outcome.databaseId, {
    ...before,
    watermark,
    ahead,
    reached: latest(before.reached, watermark),
    known,
    heldBack: either(earliest, before.heldBack, heldBack),
    forgottenUntil: either(latest, before.forgottenUntil, forgottenUntil),
    widthMs: widthAfter(before.widthMs, outcome),
  });
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

function widthAfter(
  widthMs: number,
  {from, to, frames, crowded}: FramesOutcome,
): number {
  const readMs = msBetween(from, to);
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
  const wanted = wholeSecond(plusMs(from, Math.max(1000, widthMs)));
  const obstacles = ahead.map((stretch) => stretch.from).filter((at) => at > from);
  return [wanted, end, ...obstacles].reduce(earliest);
}

function back(from: PiTimestamp, byMs: number, notBefore: PiTimestamp): PiTimestamp {
  if (byMs === 0) return from;
  const rewound = wholeSecond(plusMs(from, -byMs));
  return rewound < notBefore ? earliest(from, notBefore) : rewound;
}

function either<T extends PiTimestamp | undefined>(
  choose: (a: PiTimestamp, b: PiTimestamp) => PiTimestamp,
  a: T,
  b: PiTimestamp | undefined,
): T | PiTimestamp {
  if (b === undefined) return a;
  return a === undefined ? b : choose(a, b);
}
