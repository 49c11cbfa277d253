import {ConfigError, TransientError} from 'airbyte-cdk-ts';

import type {TimeseriesState} from '../sync/timeseries-state';
import {SERVER_AWAY} from './slice-reader';

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
 * be read, or that a whole data server is away. Single points do not.
 */
export function failureOfPoints({
  main,
  joining,
  laggards,
}: TimeseriesState): Error | undefined {
  const others = (main?.points.size ?? 0) + (joining?.points.size ?? 0);
  const reasons = [...laggards.values()].map(({reason}) => reason);
  if (others > 0) return failureOfServer(reasons);
  if (reasons.length === 0) return undefined;
  const Failure = reasons.some(isPassing) ? TransientError : ConfigError;
  const named = [...new Set(reasons)].sort().join(' ');
  return new Failure(NOTHING_READ, {details: {points: reasons.length, reasons: named}});
}

function failureOfServer(reasons: readonly string[]): Error | undefined {
  const points = reasons.filter((reason) => reason === SERVER_AWAY).length;
  return points === 0 ? undefined : new TransientError(SOME_AWAY, {details: {points}});
}
