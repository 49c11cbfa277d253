import {valueAt} from '../archive/interpolation';
import {type Ticks} from '../time/ticks';
import {type JsonText} from './answer';
import {ApiError, badRequest} from './api-error';
import {type ListForm, listMembers} from './recorded-json';
import {type Call} from './route';
import {type Stream} from './stream';
import {parseInterval, parseTime} from './time-string';

export const INTERPOLATED_PARAMETERS =
  'startTime endTime interval filterExpression'.split(' ');

/** The instants at which values are wanted, in the direction of travel. */
export interface Grid {
  readonly start: Ticks;
  readonly step: Ticks;
  readonly count: number;
}

/** @throws ApiError 400 for bad times and for more values than the server returns. */
export function interpolatedGrid({query, world}: Call): Grid {
  const now = world.clock.now();
  if (query.text('filterExpression') !== undefined) {
    throw new ApiError(501, ['Filter expressions are not evaluated by this server.']);
  }
  const start = parseTime(query.text('startTime') ?? '*-1d', now);
  const end = parseTime(query.text('endTime') ?? '*', now);
  const interval = parseInterval(query.text('interval') ?? '1h');
  const count = Math.floor(Math.abs(end - start) / interval) + 1;
  const limit = world.settings.maxReturnedItems;
  if (count > limit) {
    throw badRequest(
      `The number of values is greater than the maximum allowed (${limit}).`,
    );
  }
  return {start, count, step: start <= end ? interval : -interval};
}

/** Members of an object with interpolated values, as JSON text without the braces. */
export function interpolatedMembers(
  call: Call,
  stream: Stream,
  {grid, form}: {readonly grid: Grid; readonly form: ListForm},
): JsonText {
  const {archive} = call.world;
  return listMembers(stream, form, (point, visit) => {
    for (let index = 0; index < grid.count; index += 1) {
      if (!visit(valueAt(archive, point, grid.start + index * grid.step))) return;
    }
  });
}
