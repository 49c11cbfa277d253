import {eventBefore, noData, valueAt} from '../../archive/interpolation';
import {type ArchiveEvent} from '../../plant/archive-event';
import {type Ticks} from '../../time/ticks';
import {conflict} from '../api-error';
import {type Call} from '../route';
import {type Stream} from '../stream';
import {parseTime} from '../time-string';
import {type World} from '../world';
import {type ValueReading} from './reading';
import {NOTHING_STORED, recordedAt, RETRIEVAL_MODES} from './retrieval';

/** The value at an instant, or the present one. */
export const VALUE: ValueReading = {
  resource: 'value',
  needsHistory: false,
  parameters: ['time'],
  answers: 'TimedValue',
  prepare: ({query, world}) => {
    const now = world.clock.now();
    const time = query.text('time');
    const at = time === undefined ? undefined : parseTime(time, now);
    return {
      at: at ?? now,
      read: (stream) => presentValue(world, stream, at),
    };
  },
};

/** The last value there is, which may lie in the future. */
export const END: ValueReading = {
  resource: 'end',
  needsHistory: false,
  parameters: [],
  answers: 'TimedValue',
  prepare: ({world}) => ({
    at: world.clock.now(),
    read: ({source}) =>
      source.kind === 'constant'
        ? source.valueAt(world.clock.now())
        : lastValue(world, source.point, Infinity),
  }),
};

/** The stored value that stands for an instant. */
export const RECORDED_AT_TIME: ValueReading = {
  resource: 'recordedattime',
  needsHistory: true,
  parameters: ['time', 'retrievalMode'],
  answers: 'ExtendedTimedValue',
  prepare: ({query, world}: Call) => {
    const at = parseTime(query.required('time'), world.clock.now());
    const mode = query.word('retrievalMode', RETRIEVAL_MODES) ?? 'Auto';
    return {
      at,
      read: ({source, identity}) => {
        if (source.kind === 'constant') {
          throw conflict(`The attribute '${identity.path}' has no recorded values.`);
        }
        return recordedAt(world.archive, source.point, {at, mode}) ?? NOTHING_STORED;
      },
    };
  },
};

/** What a stream shows at an instant; undefined for now. */
export function presentValue(
  world: World,
  {source}: Stream,
  at: Ticks | undefined,
): ArchiveEvent {
  const now = world.clock.now();
  if (source.kind === 'constant') return source.valueAt(now);
  const {point} = source;
  return at === undefined
    ? lastValue(world, point, now)
    : valueAt(world.archive, point, at);
}

function lastValue(
  {archive, clock}: World,
  point: Parameters<typeof eventBefore>[1],
  last: Ticks,
): ArchiveEvent {
  const found = eventBefore(archive, point, {at: last, strictly: false});
  return found ?? noData(clock.now());
}
