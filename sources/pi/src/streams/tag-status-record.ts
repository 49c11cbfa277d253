import type {JsonObject} from 'airbyte-cdk-ts';

import type {LatestEvent} from '../client/latest-events';
import {treatmentOf} from '../client/treatment';
import {msBetween} from '../sync/instants';
import type {PiPoint} from '../sync/pi-point';
import type {PiTimestamp} from '../sync/pi-timestamp';
import type {PointStanding} from '../sync/point-standing';
import {
  BOOLEAN,
  field,
  INSTANT,
  INTEGER,
  NUMBER,
  recordSchema,
  STRING,
} from './field-types';

/** JSON Schema of a record of `tag_status`. */
export const TAG_STATUS_SCHEMA: JsonObject = recordSchema({
  tag_webid: {
    type: 'string',
    description:
      'WebID 2.0 (IDOnly) of the point, the same after a rename; "name:" and the name ' +
      'for a name in the settings that no point has.',
  },
  synced_at: {
    type: 'string',
    format: 'date-time',
    airbyte_type: 'timestamp_with_timezone',
    description:
      'When the sync began, by the clock of PI. A row of an earlier sync tells of a ' +
      'point that is not selected any more.',
  },
  tag_name: field(STRING, 'Name of the point; null for one that is gone.'),
  data_server: field(STRING, 'Name of the data server.'),
  point_type: field(STRING, 'Type of the point, such as Float32 or Digital.'),
  state: field(
    STRING,
    'healthy: delivered to the end of the sync; late: delivered to complete_until, the ' +
      'next sync goes on there; new: not known to an earlier sync; no_data: read, and PI ' +
      'holds no event of it; quarantined: could not be read and is tried again; missing: ' +
      'not found, or not selected any more; not_read: the sync did not read timeseries.',
  ),
  reason: field(STRING, 'What led to the state and what to do about it.'),
  last_event: field(
    INSTANT,
    'Time of the newest event that was read or that PI told of.',
  ),
  lag_seconds: field(
    NUMBER,
    'From last_event to synced_at; negative for an event in the future.',
  ),
  events_this_sync: field(INTEGER, 'Events that this sync read.'),
  complete_until: field(
    INSTANT,
    'Every event before is delivered, but for a newest one that is held back.',
  ),
  failing_since: field(INSTANT, 'Since when the point could not be read.'),
  failures: field(INTEGER, 'Syncs in a row that could not read the point.'),
  next_retry: field(INSTANT, 'Not tried before that.'),
  renamed: field(
    BOOLEAN,
    'Whether the point has another name than in the sync before; rows read then carry ' +
      'the former name.',
  ),
});

/** Where and when a record is made. */
export interface StatusSurroundings {
  readonly syncedAt: PiTimestamp;
  readonly serverNames: ReadonlyMap<string, string>;
}

/** What is known of a selected point. */
export interface PointStatus {
  readonly point: PiPoint;
  readonly standing: PointStanding;
  readonly latest: LatestEvent;
  /** Undefined where `timeseries` was not read. */
  readonly events: number | undefined;
  readonly isRenamed: boolean;
}

/** The record of a selected point. */
export function pointRecord(
  {point, standing, latest, events, isRenamed}: PointStatus,
  {syncedAt, serverNames}: StatusSurroundings,
): JsonObject {
  const isEmpty = latest.kind === 'no_data' && MAY_BE_EMPTY.has(standing.state);
  return {
    tag_webid: point.webId,
    synced_at: syncedAt,
    tag_name: point.name,
    data_server: serverNames.get(point.serverId) ?? point.serverId,
    point_type: point.pointType,
    state: isEmpty ? 'no_data' : standing.state,
    reason: isEmpty ? 'PI holds no event of this point.' : reasonText(standing),
    ...(latest.kind === 'event' ? lastMembers(latest.at, syncedAt) : {}),
    events_this_sync: events,
    complete_until: standing.completeUntil,
    ...failureMembers(standing),
    renamed: isRenamed,
  };
}

function lastMembers(at: PiTimestamp, syncedAt: PiTimestamp): JsonObject {
  return {last_event: at, lag_seconds: msBetween(at, syncedAt) / 1000};
}

function failureMembers({laggard}: PointStanding): JsonObject {
  if (laggard === undefined) return {};
  const {since, failures, retryAt} = laggard;
  return {failing_since: since, failures, next_retry: retryAt};
}

const MAY_BE_EMPTY: ReadonlySet<PointStanding['state']> = new Set(['healthy', 'new']);

/** The record of a point that was known and is not selected any more. */
export function goneRecord(
  {webId, serverId}: Pick<PiPoint, 'webId' | 'serverId'>,
  {syncedAt, serverNames}: StatusSurroundings,
): JsonObject {
  return {
    tag_webid: webId,
    synced_at: syncedAt,
    data_server: serverNames.get(serverId) ?? serverId,
    state: 'missing',
    reason:
      'Known to an earlier sync and not selected any more: it was deleted, has a name ' +
      'that the settings do not select, or is hidden from the account.',
  };
}

/** The record of a name in the settings that no visible point has. */
export function unmatchedRecord(
  name: string,
  {syncedAt}: StatusSurroundings,
): JsonObject {
  return {
    tag_webid: `name:${name}`,
    synced_at: syncedAt,
    tag_name: name,
    state: 'missing',
    reason:
      'The settings name this point, and it does not exist, is excluded, or is hidden ' +
      'from the account. Check its name, or ask the PI administrator for read access.',
  };
}

function reasonText({state, laggard}: PointStanding): string | undefined {
  if (laggard !== undefined) return failureText(laggard.reason);
  return REASONS[state];
}

const REASONS: Readonly<Partial<Record<PointStanding['state'], string>>> = {
  late: 'The sync ended before it had read the point to the end.',
  new: 'This is the first sync that knows the point: it reads its whole history.',
  not_read: 'The sync did not read timeseries.',
};

/** In plain words why a point could not be read, and what to do. */
function failureText(reason: string): string {
  const status = Number(reason);
  if (Number.isInteger(status))
    return `PI answered ${reason}. ${treatmentOf(status).message}`;
  return FAILURES[reason] ?? `The point could not be read (${reason}).`;
}

const ASK_PI = 'Ask the PI administrator to look at the archive of this point.';

const FAILURES: Readonly<Record<string, string>> = {
  no_answer: `PI answers for other points, and not in time for this one. ${ASK_PI}`,
  not_answered: `PI left the point out of its answer. ${ASK_PI}`,
  server_away: 'The data server was away; the point is read when it is back.',
  stream_failed: `PI could not read the point. ${ASK_PI}`,
  value_errors: `PI answered an error in place of values. ${ASK_PI}`,
  unordered: `PI answered values that are not in the order of time. ${ASK_PI}`,
  bad_timestamp: `PI answered a time that is none. ${ASK_PI}`,
  bad_value: 'PI answered a value of a form that is not known. Report it as a defect.',
  tie_overflow:
    'More events lie on one timestamp than PI Web API returns at once. Ask the PI ' +
    'administrator for a larger MaxReturnedItemsPerCall.',
};
