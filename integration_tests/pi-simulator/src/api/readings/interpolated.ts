import {valueAt} from '../../archive/interpolation';
import {type Ticks} from '../../time/ticks';
import {checkedValues} from '../count-limit';
import {type Call} from '../route';
import {parseInterval, parseTime} from '../time-string';
import {refuseFilter} from './filter';
import {type ListReading} from './reading';

/** Values on an even grid in time, both ends included. */
export const INTERPOLATED: ListReading = {
  resource: 'interpolated',
  parameters: 'startTime endTime interval filterExpression'.split(' '),
  answers: 'TimedValues',
  prepare: (call) => {
    const {start, step, count} = interpolatedGrid(call);
    const {archive} = call.world;
    return {
      at: start,
      read: (point, sink) => {
        for (let index = 0; index < count; index += 1) {
          if (!sink.add(valueAt(archive, point, start + index * step))) return;
        }
      },
    };
  },
};

/** The instants at which values are wanted, in the direction of travel. */
interface Grid {
  readonly start: Ticks;
  readonly step: Ticks;
  readonly count: number;
}

/** @throws ApiError 400 for bad times and for more values than the server returns. */
function interpolatedGrid({query, world}: Call): Grid {
  const now = world.clock.now();
  refuseFilter(query);
  const start = parseTime(query.text('startTime') ?? '*-1d', now);
  const end = parseTime(query.text('endTime') ?? '*', now);
  const interval = parseInterval(query.text('interval') ?? '1h');
  const count = Math.floor(Math.abs(end - start) / interval) + 1;
  checkedValues(count, world.settings.maxReturnedItems);
  return {start, count, step: start <= end ? interval : -interval};
}
