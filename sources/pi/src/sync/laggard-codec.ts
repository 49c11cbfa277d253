import type {JsonObject} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {count, instant} from './instant-codec';
import type {Laggard} from './laggards';
import {encodePoints, points} from './point-codec';
import {pointKey, pointOfKey, PointSet} from './point-set';

/** So many laggards that share their facts are written once, as a set of points. */
const SMALLEST_COHORT = 8;
/** More laggards than these are no longer written for a reader's eye. */
const MOST_BY_NAME = 64;

/**
 * Laggards as they travel: those that share all their facts as sets of points; a few
 * others by name; many others as a table, in which what several share stands once.
 */
export function encodeLaggards(laggards: ReadonlyMap<string, Laggard>): JsonObject {
  const alone: [string, Laggard][] = [];
  const cohorts: JsonObject[] = [];
  for (const [facts, members] of byFacts(laggards)) {
    if (members.length < SMALLEST_COHORT) {
      alone.push(...members);
      continue;
    }
    const all = PointSet.of(members.flatMap(([key]) => pointOfKey(key) ?? []));
    cohorts.push({...(JSON.parse(facts) as JsonObject), points: encodePoints(all)});
  }
  return {
    ...encodeAlone(alone.sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(cohorts.length === 0 ? {} : {laggard_cohorts: cohorts}),
  };
}

function encodeAlone(alone: readonly [string, Laggard][]): JsonObject {
  if (alone.length === 0) return {};
  if (alone.length > MOST_BY_NAME) return {laggard_table: encodeTable(alone)};
  const byName = alone.map(([key, laggard]) => [key, encodeLaggard(laggard)] as const);
  return {laggards: Object.fromEntries(byName)};
}

/** A row is `[point number, index of its facts, cursor, delivered, held since, until]`. */
function encodeTable(laggards: readonly [string, Laggard][]): JsonObject {
  const indexes = new Map<string, number>();
  const facts: JsonObject[] = [];
  const servers: Record<string, (number | string)[][]> = {};
  for (const [key, laggard] of laggards) {
    const id = pointOfKey(key);
    if (id === undefined) continue;
    const {cursor, delivered, held, since, failures, retryAt, reason} = laggard;
    const shared = {since, failures, retry_at: retryAt, reason};
    const text = JSON.stringify(shared);
    const index = indexes.get(text) ?? facts.push(shared) - 1;
    indexes.set(text, index);
    const known = held === undefined ? [] : [held.since, held.until];
    const rows = (servers[id.serverId] ??= []);
    rows.push([id.pointId, index, cursor, delivered, ...known]);
  }
  return {facts, points: servers};
}

/** The laggards by the text of what is known of them, in the order of both. */
function byFacts(
  laggards: ReadonlyMap<string, Laggard>,
): [string, [string, Laggard][]][] {
  const groups = new Map<string, [string, Laggard][]>();
  for (const entry of laggards) {
    const facts = JSON.stringify(encodeLaggard(entry[1]));
    const members = groups.get(facts);
    if (members === undefined) groups.set(facts, [entry]);
    else members.push(entry);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

function encodeLaggard({delivered, retryAt, ...rest}: Laggard): JsonObject {
  const {cursor, since, failures, reason, held} = rest;
  const atCursor = delivered === 0 ? {} : {delivered};
  const known = held === undefined ? {} : {held: [held.since, held.until]};
  return {cursor, ...atCursor, since, failures, retry_at: retryAt, reason, ...known};
}

const sharedMembers = {
  since: instant,
  failures: count,
  retry_at: instant,
  reason: z.string(),
};

const ownMembers = {
  cursor: instant,
  delivered: count.default(0),
  ...sharedMembers,
  held: z.tuple([instant, instant]).optional(),
};

type StoredLaggard = z.output<z.ZodObject<typeof ownMembers>>;

function laggardOf({retry_at, held, ...rest}: StoredLaggard): Laggard {
  const {cursor, delivered, since, failures, reason} = rest;
  const known = held === undefined ? {} : {held: {since: held[0], until: held[1]}};
  return {cursor, delivered, since, failures, retryAt: retry_at, reason, ...known};
}

const namedLaggard = z.object(ownMembers).transform(laggardOf);

const cohort = z
  .object({...ownMembers, points})
  .transform((stored): [string, Laggard][] =>
    stored.points
      .slice(0, stored.points.size)
      .map((point) => [pointKey(point), laggardOf(stored)]),
  );

const row = z.union([
  z.tuple([count, count, instant, count]),
  z.tuple([count, count, instant, count, instant, instant]),
]);

const table = z
  .object({
    facts: z.array(z.object(sharedMembers)),
    points: z.record(z.string(), z.array(row)),
  })
  .transform(({facts, points: servers}, context) => {
    const all: [string, Laggard][] = [];
    for (const [serverId, rows] of Object.entries(servers)) {
      for (const [pointId, index, cursor, delivered, since, until] of rows) {
        const shared = facts[index];
        const key = pointKey({serverId, pointId});
        if (shared === undefined || pointOfKey(key) === undefined) {
          context.addIssue('not a laggard');
          return z.NEVER;
        }
        const held: Pick<StoredLaggard, 'held'> =
          since === undefined ? {} : {held: [since, until ?? since]};
        all.push([key, laggardOf({...shared, cursor, delivered, ...held})]);
      }
    }
    return all;
  });

/** The members of a stored state that tell of laggards. */
export const laggardMembers = {
  laggards: z
    .record(
      z.string().refine((key) => pointOfKey(key) !== undefined, 'not a point'),
      namedLaggard,
    )
    .default({}),
  laggard_table: table.default([]),
  laggard_cohorts: z.array(cohort).default([]),
};

/** All laggards of a stored state. */
export function laggardsOf(
  stored: z.output<z.ZodObject<typeof laggardMembers>>,
): Map<string, Laggard> {
  const {laggards, laggard_table: rows, laggard_cohorts: cohorts} = stored;
  return new Map([...Object.entries(laggards), ...rows, ...cohorts.flat()]);
}
