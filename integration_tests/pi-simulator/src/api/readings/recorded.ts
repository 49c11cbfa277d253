import {type BoundaryType, recorded, type RecordedQuery} from '../../archive/recorded';
import {checkedCount} from '../count-limit';
import {type Call} from '../route';
import {parseTime} from '../time-string';
import {refuseFilter} from './filter';
import {type ListReading} from './reading';

const BOUNDARIES: readonly BoundaryType[] = ['Inside', 'Outside', 'Interpolated'];

/** The stored events of a stretch of time, up to `maxCount` of them. */
export const RECORDED: ListReading = {
  resource: 'recorded',
  parameters: 'startTime endTime boundaryType maxCount filterExpression'.split(' '),
  answers: 'ExtendedTimedValues',
  prepare: (call) => {
    const {archive} = call.world;
    const query = recordedQuery(call);
    return {
      at: query.start,
      read: (point, sink) =>
        recorded(archive, point, {query, visit: (event) => sink.add(event)}),
    };
  },
};

/**
 * The query for recorded values that a call's parameters describe.
 *
 * @throws ApiError 400 for bad times and counts, also above the server's limit.
 */
export function recordedQuery({query, world}: Call): RecordedQuery {
  const now = world.clock.now();
  refuseFilter(query);
  return {
    start: parseTime(query.text('startTime') ?? '*-1d', now),
    end: parseTime(query.text('endTime') ?? '*', now),
    boundary: query.word('boundaryType', BOUNDARIES) ?? 'Inside',
    maxCount: checkedCount(
      query.count('maxCount', 1000),
      world.settings.maxReturnedItems,
    ),
  };
}
