import {ConfigError, type JsonObject} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {count, instant} from './instant-codec';
import {encodeLaggards, laggardMembers, laggardsOf} from './laggard-codec';
import {encodeHeld, heldOf, storedHeld} from './held-codec';
import {HeldPoints} from './held-points';
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
  const {start, main, joining, laggards, rereadUntil, futureReadFrom} = state;
  return {
    version: VERSION,
    ...(start === undefined ? {} : {start}),
    ...(main === undefined ? {} : encodeFront(main)),
    ...(joining === undefined ? {} : {joining: encodeFront(joining)}),
    ...encodeLaggards(laggards),
    ...(rereadUntil === undefined ? {} : {reread_until: rereadUntil}),
    ...(futureReadFrom === undefined ? {} : {future_read_from: futureReadFrom}),
  };
}

function encodeFront({watermark, points, widthMs, window, held}: Front): JsonObject {
  return {
    watermark,
    points: encodePoints(points),
    width_seconds: widthMs / SECOND_MS,
    ...(window === undefined ? {} : {window: encodeWindow(window, points)}),
    ...(held === undefined ? {} : {held: encodeHeld(held)}),
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
  held: storedHeld.optional(),
};

const front = z.object(frontMembers).transform((stored, context): Front => {
  const {watermark, window} = stored;
  if (window !== undefined && !fits(window, stored)) {
    context.addIssue({code: 'custom', path: ['window'], message: 'not of this front'});
  }
  const held = stored.held && heldOf(stored.held, stored.points);
  if (held === 'damaged') {
    context.addIssue({code: 'custom', path: ['held'], message: 'not of this front'});
  }
  return {
    watermark,
    points: stored.points,
    widthMs: stored.width_seconds * SECOND_MS,
    window,
    ...(held instanceof HeldPoints ? {held} : {}),
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

const stateRest = z.object({
  joining: front.optional(),
  ...laggardMembers,
  reread_until: instant.optional(),
  start: instant.optional(),
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
