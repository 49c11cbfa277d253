import {ConfigError, type JsonObject} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type {Laggard} from './laggards';
import {piTimestamp} from './pi-timestamp';
import {type PointId, pointKey, pointOfKey, PointSet} from './point-set';
import {
  type Front,
  groupCount,
  NEW_STATE,
  type OpenWindow,
  type TimeseriesState,
} from './timeseries-state';

const VERSION = 1;
const SECOND_MS = 1000;

/**
 * The state as it travels: version 1.
 *
 * Point numbers are ascending differences as base-128 varints in base64, which is
 * about 1.4 bytes a point in a plant with dense numbers. Equal states, equal text.
 */
export function encodeTimeseriesState(state: TimeseriesState): JsonObject {
  const {main, joining, laggards, rereadUntil} = state;
  return {
    version: VERSION,
    ...(main === undefined ? {} : encodeFront(main)),
    ...(joining === undefined ? {} : {joining: encodeFront(joining)}),
    ...encodeLaggards(laggards),
    ...(rereadUntil === undefined ? {} : {reread_until: rereadUntil}),
  };
}

function encodeFront({watermark, points, widthMs, window}: Front): JsonObject {
  return {
    watermark,
    points: encodePoints(points),
    width_seconds: widthMs / SECOND_MS,
    ...(window === undefined ? {} : {window: encodeWindow(window, points)}),
  };
}

function encodeWindow(
  {end, groupSize, events, reached}: OpenWindow,
  points: PointSet,
): JsonObject {
  const done = Buffer.alloc(Math.ceil(groupCount(points, groupSize) / 8));
  const partly: Record<string, string> = {};
  for (const [group, instant] of [...reached].sort(([a], [b]) => a - b)) {
    if (instant < end) partly[group] = instant;
    else done[group >> 3] = (done[group >> 3] ?? 0) | (1 << (group & 7));
  }
  return {
    end,
    group_size: groupSize,
    events,
    done: done.toString('base64'),
    ...(Object.keys(partly).length === 0 ? {} : {reached: partly}),
  };
}

/** So many laggards that share their facts are written once, as a set of points. */
const SMALLEST_COHORT = 8;

function encodeLaggards(laggards: ReadonlyMap<string, Laggard>): JsonObject {
  const alone: Record<string, JsonObject> = {};
  const cohorts: JsonObject[] = [];
  for (const [facts, keys] of byFacts(laggards)) {
    const encoded = JSON.parse(facts) as JsonObject;
    if (keys.length < SMALLEST_COHORT) {
      for (const key of keys) alone[key] = encoded;
      continue;
    }
    const all = PointSet.of(keys.flatMap((key) => pointOfKey(key) ?? []));
    cohorts.push({...encoded, points: encodePoints(all)});
  }
  return {
    ...(Object.keys(alone).length === 0 ? {} : {laggards: sorted(alone)}),
    ...(cohorts.length === 0 ? {} : {laggard_cohorts: cohorts}),
  };
}

/** Keys of the laggards by the text of what is known of them, in the order of both. */
function byFacts(laggards: ReadonlyMap<string, Laggard>): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const [key, laggard] of laggards) {
    const facts = JSON.stringify(encodeLaggard(laggard));
    const keys = groups.get(facts);
    if (keys === undefined) groups.set(facts, [key]);
    else keys.push(key);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

function encodeLaggard({delivered, retryAt, ...rest}: Laggard): JsonObject {
  const {cursor, since, failures, reason} = rest;
  const atCursor = delivered === 0 ? {} : {delivered};
  return {cursor, ...atCursor, since, failures, retry_at: retryAt, reason};
}

function sorted(members: Readonly<Record<string, JsonObject>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function encodePoints(points: PointSet): JsonObject {
  const servers: Record<string, string> = {};
  for (const [server, ids] of points.byServer()) servers[server] = encodeIds(ids);
  return servers;
}

function encodeIds(ids: Int32Array): string {
  const bytes: number[] = [];
  let previous = 0;
  for (const id of ids) {
    let rest = id - previous;
    for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
    previous = id;
  }
  return Buffer.from(bytes).toString('base64');
}

const instant = z.string().transform((text, context) => {
  const parsed = piTimestamp(text);
  if (parsed !== undefined) return parsed;
  context.addIssue('not an instant');
  return z.NEVER;
});

const count = z.int().min(0);

const bytes = z.string().transform((text, context) => {
  const decoded = Buffer.from(text, 'base64');
  if (decoded.toString('base64') === text) return decoded;
  context.addIssue('not base64');
  return z.NEVER;
});

const points = z.record(z.string(), bytes).transform((servers, context) => {
  const all: PointId[] = [];
  for (const [serverId, encoded] of Object.entries(servers)) {
    for (const pointId of decodeIds(encoded) ?? [-1]) all.push({serverId, pointId});
  }
  if (all.every(({pointId}) => pointId >= 0)) return PointSet.of(all);
  context.addIssue('not a list of point numbers');
  return z.NEVER;
});

const openWindow = z
  .object({
    end: instant,
    group_size: z.int().min(1),
    events: count,
    done: bytes,
    reached: z.record(z.string().regex(/^\d+$/), instant).default({}),
  })
  .transform((window): OpenWindow => {
    const reached = new Map(
      Object.entries(window.reached).map(([group, at]) => [Number(group), at]),
    );
    for (let group = 0; group < window.done.length * 8; group += 1) {
      if (((window.done[group >> 3] ?? 0) >> (group & 7)) & 1) {
        reached.set(group, window.end);
      }
    }
    return {
      end: window.end,
      groupSize: window.group_size,
      events: window.events,
      reached,
    };
  });

const frontMembers = {
  watermark: instant,
  points,
  width_seconds: z.int().min(1),
  window: openWindow.optional(),
};

const front = z.object(frontMembers).transform((stored, context): Front => {
  const {watermark, window} = stored;
  if (window !== undefined && !fits(window, stored)) {
    context.addIssue({code: 'custom', path: ['window'], message: 'not of this front'});
  }
  return {
    watermark,
    points: stored.points,
    widthMs: stored.width_seconds * SECOND_MS,
    window,
  };
});

function fits(
  {end, groupSize, reached}: OpenWindow,
  {watermark, points}: Pick<Front, 'watermark' | 'points'>,
): boolean {
  const groups = groupCount(points, groupSize);
  const isInside = [...reached].every(
    ([group, at]) => group < groups && at >= watermark && at <= end,
  );
  return isInside && end > watermark && reached.size <= groups;
}

const laggardMembers = {
  cursor: instant,
  delivered: count.default(0),
  since: instant,
  failures: count,
  retry_at: instant,
  reason: z.string(),
};

type StoredLaggard = z.output<z.ZodObject<typeof laggardMembers>>;

function laggardOf({retry_at, ...rest}: StoredLaggard): Laggard {
  const {cursor, delivered, since, failures, reason} = rest;
  return {cursor, delivered, since, failures, retryAt: retry_at, reason};
}

const laggard = z.object(laggardMembers).transform(laggardOf);

const cohort = z
  .object({...laggardMembers, points})
  .transform((stored): [string, Laggard][] =>
    stored.points
      .slice(0, stored.points.size)
      .map((point) => [pointKey(point), laggardOf(stored)]),
  );

const stateRest = z.object({
  joining: front.optional(),
  laggards: z
    .record(
      z.string().refine((key) => pointOfKey(key) !== undefined, 'not a point'),
      laggard,
    )
    .default({}),
  laggard_cohorts: z.array(cohort).default([]),
  reread_until: instant.optional(),
});

/**
 * Reads what an earlier sync stored; undefined for a first sync.
 *
 * Throws a `ConfigError` that names the part which cannot be understood: a guess would
 * lose or repeat events.
 */
export function decodeTimeseriesState(stored: JsonObject | undefined): TimeseriesState {
  if (stored === undefined || Object.keys(stored).length === 0) return NEW_STATE;
  if (stored['version'] !== VERSION) throw unreadable('version');
  const rest = parsed(stateRest, stored);
  const isFirst = stored['watermark'] === undefined && stored['points'] === undefined;
  return {
    main: isFirst ? undefined : parsed(front, stored),
    joining: rest.joining,
    laggards: new Map([
      ...Object.entries(rest.laggards),
      ...rest.laggard_cohorts.flat(),
    ]),
    rereadUntil: rest.reread_until,
  };
}

function parsed<Out>(schema: z.ZodType<Out>, stored: JsonObject): Out {
  const result = schema.safeParse(stored);
  if (result.success) return result.data;
  throw unreadable(result.error.issues[0]?.path.join('.') ?? 'state');
}

function unreadable(part: string): ConfigError {
  return new ConfigError(
    `The stored state of the stream timeseries cannot be read: its part "${part}" is ` +
      'damaged or was written by another connector. Give back the state of the last ' +
      'sync, or reset the stream to read everything again.',
  );
}

function decodeIds(encoded: Buffer): number[] | undefined {
  const ids: number[] = [];
  let id = 0;
  let difference = 0;
  let factor = 1;
  for (const byte of encoded) {
    difference += (byte & 127) * factor;
    factor *= 128;
    if (byte > 127) continue;
    id += difference;
    if (id > 0x7fff_ffff) return undefined;
    ids.push(id);
    difference = 0;
    factor = 1;
  }
  return factor === 1 ? ids : undefined;
}
