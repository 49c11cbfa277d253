import {valueAt} from '../../archive/interpolation';
import {type Ticks} from '../../time/ticks';
import {badRequest} from '../api-error';
import {checkedValues} from '../count-limit';
import {type Call} from '../route';
import {parseTime} from '../time-string';
import {refuseFilter} from './filter';
import {type ListReading} from './reading';
import {NOTHING_STORED, recordedAt, RETRIEVAL_MODES} from './retrieval';

/** Values at given instants, computed where none is stored. */
export const INTERPOLATED_AT_TIMES: ListReading = {
  resource: 'interpolatedattimes',
  parameters: ['time', 'sortOrder', 'filterExpression'],
  answers: 'TimedValues',
  prepare: (call) => {
    refuseFilter(call.query);
    const times = wantedTimes(call);
    const {archive} = call.world;
    return {
      at: times[0] ?? 0,
      read: (point, sink) => {
        for (const at of times) if (!sink.add(valueAt(archive, point, at))) return;
      },
    };
  },
};

/** Stored values nearest to given instants, in the sense of the retrieval mode. */
export const RECORDED_AT_TIMES: ListReading = {
  resource: 'recordedattimes',
  parameters: ['time', 'retrievalMode', 'sortOrder'],
  answers: 'ExtendedTimedValues',
  prepare: (call) => {
    const times = wantedTimes(call);
    const mode = call.query.word('retrievalMode', RETRIEVAL_MODES) ?? 'Auto';
    const {archive} = call.world;
    return {
      at: times[0] ?? 0,
      read: (point, sink) => {
        for (const at of times) {
          const found = recordedAt(archive, point, {at, mode});
          const goesOn =
            found === undefined ? sink.addError(at, NOTHING_STORED) : sink.add(found);
          if (!goesOn) return;
        }
      },
    };
  },
};

/** The repeated parameter `time`, in order. @throws ApiError 400 */
function wantedTimes({query, world}: Call): readonly Ticks[] {
  const texts = query.all('time').filter((text) => text !== '');
  if (texts.length === 0) throw badRequest("The parameter 'time' is required.");
  checkedValues(texts.length, world.settings.maxReturnedItems);
  const order = query.word('sortOrder', ['Ascending', 'Descending'] as const);
  const sign = order === 'Descending' ? -1 : 1;
  const now = world.clock.now();
  return texts.map((text) => parseTime(text, now)).sort((a, b) => sign * (a - b));
}
