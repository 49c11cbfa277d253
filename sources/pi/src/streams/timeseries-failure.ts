import {ConfigError, TransientError} from 'airbyte-cdk-ts';

import {pointOfKey, type PointSet} from '../sync/point-set';
import type {TimeseriesState} from '../sync/timeseries-state';

const NOTHING_READ =
  'None of the selected points could be read. If this does not pass, ask the PI ' +
  'administrator whether the account may read the data of these points.';

const SOME_AWAY =
  'PI Web API could not read the points of one of several data servers, which seems ' +
  'to be away. All other points were read; these are read from where they were left, ' +
  'as soon as their data server answers.';

/** Whether the reason of a failure may pass by itself. */
function isPassing(reason: string): boolean {
  return /^5|^(server_away|no_answer)$/.test(reason);
}

/**
 * What of the points that stand apart must fail the stream: that nothing at all could
 * be read, or nothing of a data server for a reason that passes. Single points do not.
 */
export function failureOfPoints({
  main,
  joining,
  laggards,
}: TimeseriesState): Error | undefined {
  const healthy = new Set([...serversOf(main?.points), ...serversOf(joining?.points)]);
  const reasons = [...laggards.values()].map(({reason}) => reason);
  if (healthy.size > 0) return failureOfServers(laggards, healthy);
  if (reasons.length === 0) return undefined;
  const Failure = reasons.some(isPassing) ? TransientError : ConfigError;
  const named = [...new Set(reasons)].sort().join(' ');
  return new Failure(NOTHING_READ, {details: {points: reasons.length, reasons: named}});
}

function serversOf(points: PointSet | undefined): readonly string[] {
  if (points === undefined) return [];
  return [...points.byServer()].flatMap(([id, ids]) => (ids.length > 0 ? [id] : []));
}

function failureOfServers(
  laggards: TimeseriesState['laggards'],
  healthy: ReadonlySet<string>,
): Error | undefined {
  const away = new Set<string>();
  let points = 0;
  for (const [key, {reason}] of laggards) {
    const serverId = pointOfKey(key)?.serverId;
    if (serverId === undefined || healthy.has(serverId) || !isPassing(reason)) continue;
    away.add(serverId);
    points += 1;
  }
  if (points === 0) return undefined;
  const details = {points, data_servers: [...away].sort().join(' ')};
  return new TransientError(SOME_AWAY, {details});
}
