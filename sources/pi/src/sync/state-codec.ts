import {ConfigError, type JsonObject} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {count, instant} from './instant-codec';
import {encodeLaggards, laggardMembers, laggardsOf} from './laggard-codec';
import {bytesFor, FrontMarks} from './front-marks';
import {bytes, encodePoints, points} from './point-codec';
import type {PointSet} from './point-set';
import {
  type Front,
  groupCount,
  NEW_STATE,
  type OpenWindow,
  type TimeseriesState,
} from './timeseries-state';

const VERSION = 2;
/** Version 1 knows no start, no held back events and no future; else it is the same. */
const READABLE: readonly unknown[] = [1, VERSION];
const SECOND_MS = 1000;

/**
 * The state as it travels: version 2.
 *
 * Point numbers are ascending differences as base-128 varints in base64, which is
 * about 1.4 bytes a point in a plant with dense numbers. Equal states, equal text.
 */
export function encodeTimeseriesState(state: TimeseriesState): JsonObject {
  const {start, main, joining, laggards, lookbackMs, ...rest} = state;
  const {rereadUntil, futureReadFrom} = rest;
  return {
    version: VERSION,
    ...(start === undefined ? {} : {start}),
    ...(main === undefined ? {} : encodeFront(main)),
    ...(joining === undefined ? {} : {joining: encodeFront(joining)}),
    ...encodeLaggards(laggards),
    ...(lookbackMs === 0 ? {} : {lookback_seconds: lookbackMs / SECOND_MS}),
    ...(rereadUntil === undefined ? {} : {reread_until: rereadUntil}),
    ...(futureReadFrom === undefined ? {} : {future_read_from: futureReadFrom}),
  };
}

function encodeFront({watermark, points, widthMs, window, marks}: Front): JsonObject {
  return {
    watermark,
    points: encodePoints(points),
    width_seconds: widthMs / SECOND_MS,
    ...(window === undefined ? {} : {window: encodeWindow(window, points)}),
    ...(marks === undefined ? {} : encodeMarks(marks)),
  };
}

function encodeMarks({bits: {held, single, old}}: FrontMarks): JsonObject {
  return {
    held: Buffer.from(held).toString('base64'),
    single: Buffer.from(single).toString('base64'),
    old: Buffer.from(old).toString('base64'),
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
  held: bytes.optional(),
  single: bytes.optional(),
  old: bytes.optional(),
};

const front = z.object(frontMembers).transform((stored, context): Front => {
  const {watermark, window} = stored;
  if (window !== undefined && !fits(window, stored)) {
    context.addIssue({code: 'custom', path: ['window'], message: 'not of this front'});
  }
  const marks = marksOf(stored);
  if (marks === 'damaged') {
    context.addIssue({code: 'custom', path: ['held'], message: 'not of this front'});
  }
  return {
    watermark,
    points: stored.points,
    widthMs: stored.width_seconds * SECOND_MS,
    window,
    ...(marks instanceof FrontMarks ? {marks} : {}),
  };
});

type StoredMarks = Partial<Record<'held' | 'single' | 'old', Buffer | undefined>>;

function marksOf(
  stored: StoredMarks & {readonly points: PointSet},
): FrontMarks | 'damaged' | undefined {
  const {points: of, held, single, old} = stored;
  if (held === undefined || single === undefined || old === undefined) {
    const isAbsent = [held, single, old].every((bits) => bits === undefined);
    return isAbsent ? undefined : 'damaged';
  }
  const isFitting = [held, single, old].every(({length}) => length === bytesFor(of));
  return isFitting ? new FrontMarks(of, {held, single, old}) : 'damaged';
}

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

const stateRest = z.object({
  joining: front.optional(),
  ...laggardMembers,
  reread_until: instant.optional(),
  start: instant.optional(),
  lookback_seconds: count.default(0),
  future_read_from: instant.optional(),
});

/**
 * Reads what an earlier sync stored; undefined for a first sync.
 *
 * Throws a `ConfigError` that names the part which cannot be understood: a guess would
 * lose or repeat events.
 */
export function decodeTimeseriesState(stored: JsonObject | undefined): TimeseriesState {
  if (stored === undefined || Object.keys(stored).length === 0) return NEW_STATE;
  if (!READABLE.includes(stored['version'])) throw unreadable('version');
  const rest = parsed(stateRest, stored);
  const isFirst = stored['watermark'] === undefined && stored['points'] === undefined;
  return {
    main: isFirst ? undefined : parsed(front, stored),
    joining: rest.joining,
    laggards: laggardsOf(rest),
    rereadUntil: rest.reread_until,
    futureReadFrom: rest.future_read_from,
    start: rest.start,
    lookbackMs: rest.lookback_seconds * SECOND_MS,
    futureGroups: new Set(),
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
