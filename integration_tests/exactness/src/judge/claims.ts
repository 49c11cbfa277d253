import {fullInstant, type Instant} from '../instant';

/** How far a state says that the points are delivered. */
export interface Claims {
  /** Everything before is delivered; undefined for a point that the state does not know. */
  cursor(pointKey: string): Instant | undefined;
  /** The same, whatever was read of a window that is still open. */
  floor(pointKey: string): Instant | undefined;
  /** Whether a point stands apart because it failed. */
  isLaggard(pointKey: string): boolean;
  /** Whether no window is open and nothing is being read again. */
  readonly isAtRest: boolean;
}

interface StoredWindow {
  readonly end: string;
  readonly group_size: number;
  readonly done: string;
  readonly reached?: Readonly<Record<string, string>>;
}

interface StoredFront {
  readonly watermark?: string;
  readonly points?: Readonly<Record<string, string>>;
  readonly window?: StoredWindow | undefined;
}

interface StoredLaggard {
  readonly cursor: string;
}

interface StoredState extends StoredFront {
  readonly joining?: StoredFront;
  readonly laggards?: Readonly<Record<string, StoredLaggard>>;
  readonly laggard_cohorts?: readonly (StoredLaggard & {
    readonly points: Readonly<Record<string, string>>;
  })[];
  readonly reread_until?: string;
}

/**
 * Reads a state of `timeseries` for what it promises. Written after the description of
 * the state's form and not after the source's own reader, which is under test.
 */
export function claimsOf(stored: unknown): Claims {
  const state = (stored ?? {}) as StoredState;
  const laggards = laggardsOf(state);
  const closed = [state.joining, state].map((front) => ({...front, window: undefined}));
  const cursors = new Map([...frontsOf([state.joining, state]), ...laggards]);
  const floors = new Map([...frontsOf(closed), ...laggards]);
  return {
    cursor: (key) => cursors.get(key),
    floor: (key) => floors.get(key),
    isLaggard: (key) => laggards.has(key),
    isAtRest: state.window === undefined && state.reread_until === undefined,
  };
}

function frontsOf(fronts: readonly (StoredFront | undefined)[]): [string, Instant][] {
  return fronts.flatMap((front) => {
    const {watermark, window, points} = front ?? {};
    if (watermark === undefined) return [];
    return keysOf(points).map((key, place): [string, Instant] => [
      key,
      fullInstant(reached(window, place) ?? watermark),
    ]);
  });
}

/** How far the group of a place has come inside an open window. */
function reached(window: StoredWindow | undefined, place: number): string | undefined {
  if (window === undefined) return undefined;
  const group = Math.floor(place / window.group_size);
  const done = Buffer.from(window.done, 'base64');
  const isDone = (((done[group >> 3] ?? 0) >> (group & 7)) & 1) === 1;
  return isDone ? window.end : window.reached?.[String(group)];
}

function laggardsOf({
  laggards = {},
  laggard_cohorts = [],
}: StoredState): Map<string, Instant> {
  const alone = Object.entries(laggards);
  const together = laggard_cohorts.flatMap((cohort) =>
    keysOf(cohort.points).map((key) => [key, cohort] as const),
  );
  return new Map(
    [...alone, ...together].map(([key, {cursor}]) => [key, fullInstant(cursor)]),
  );
}

/** Keys of a set of points, by server, then number. */
function keysOf(points: Readonly<Record<string, string>> = {}): string[] {
  const servers = Object.entries(points).sort(([a], [b]) => (a < b ? -1 : 1));
  return servers.flatMap(([server, ids]) =>
    numbers(ids).map((id) => `${server}/${id}`),
  );
}

/** Ascending differences as base-128 varints in base64. */
function numbers(encoded: string): number[] {
  const found: number[] = [];
  let number = 0;
  let shift = 0;
  let step = 0;
  for (const byte of Buffer.from(encoded, 'base64')) {
    step += (byte & 127) * 2 ** shift;
    shift += 7;
    if (byte > 127) continue;
    number += step;
    found.push(number);
    shift = 0;
    step = 0;
  }
  return found;
}
