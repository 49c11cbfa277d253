import {type Answer, textAnswer} from '../answer';
import {ApiError} from '../api-error';
import {
  INTERPOLATED_PARAMETERS,
  interpolatedGrid,
  interpolatedMembers,
} from '../interpolated-json';
import {
  listForm,
  RECORDED_PARAMETERS,
  recordedMembers,
  recordedQuery,
} from '../recorded-json';
import {type Call, type Route} from '../route';
import {isSelected} from '../selection';
import {singleValue} from '../single-value';
import {refuseUnits, resolveStream, type Stream, streamSubject} from '../stream';
import {ending, errorValue} from '../stream-set';
import {parseTime} from '../time-string';

/** The stream of the path, unless a fault stands in the way. */
function streamOf(call: Call): Stream {
  const stream = resolveStream(call.world, call.path['webId'] ?? '');
  refuseUnits(stream, call.query.text('desiredUnits'));
  return stream;
}

function recordedValues(call: Call): Answer {
  const stream = streamOf(call);
  const query = recordedQuery(call);
  const fault = call.world.faults.forStream(() => streamSubject(stream));
  const opening = isSelected(call.selection, 'Links') ? '{"Links":{},' : '{';
  if (fault === undefined) {
    const form = listForm(call.selection, call.budget);
    const members = recordedMembers(call.world.archive, stream, {query, form});
    return textAnswer([opening, ...members, ending(call)]);
  }
  const {status = 500, message = 'The stream cannot be read.', scope} = fault;
  if (scope !== 'value') throw new ApiError(status, [message]);
  return textAnswer([`${opening}"Items":[${errorValue(query.start, message)}]}`]);
}

function interpolatedValues(call: Call): Answer {
  const stream = streamOf(call);
  const grid = interpolatedGrid(call);
  const form = listForm(call.selection, call.budget);
  const opening = isSelected(call.selection, 'Links') ? '{"Links":{},' : '{';
  return textAnswer([
    opening,
    ...interpolatedMembers(call, stream, {grid, form}),
    ending(call),
  ]);
}

function oneValue(call: Call, which: 'value' | 'end'): Answer {
  const stream = streamOf(call);
  const time = which === 'end' ? undefined : call.query.text('time');
  const at = time === undefined ? undefined : parseTime(time, call.world.clock.now());
  return textAnswer([
    singleValue(call.world, stream, {which, at, selection: call.selection}),
  ]);
}

export const streamRoutes: readonly Route[] = [
  {
    operation: 'GET /streams/{webId}/recorded',
    parameters: [...RECORDED_PARAMETERS, 'desiredUnits'],
    answers: 'ExtendedTimedValues',
    handle: recordedValues,
  },
  {
    operation: 'GET /streams/{webId}/interpolated',
    parameters: [...INTERPOLATED_PARAMETERS, 'desiredUnits'],
    answers: 'TimedValues',
    handle: interpolatedValues,
  },
  {
    operation: 'GET /streams/{webId}/value',
    parameters: ['time', 'desiredUnits'],
    answers: 'TimedValue',
    handle: (call) => oneValue(call, 'value'),
  },
  {
    operation: 'GET /streams/{webId}/end',
    parameters: ['desiredUnits'],
    answers: 'TimedValue',
    handle: (call) => oneValue(call, 'end'),
  },
];
