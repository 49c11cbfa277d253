import {type Answer, textAnswer} from '../answer';
import {errorValue} from '../error-value';
import {INTERPOLATED_AT_TIMES, RECORDED_AT_TIMES} from '../readings/at-times';
import {INTERPOLATED} from '../readings/interpolated';
import {PLOT} from '../readings/plot';
import {type ListReading, type ValueReading} from '../readings/reading';
import {RECORDED} from '../readings/recorded';
import {END, RECORDED_AT_TIME, VALUE} from '../readings/single-value';
import {type Call, type Route} from '../route';
import {below, isSelected} from '../selection';
import {refuseUnits, resolveStream, type Stream} from '../stream';
import {ownFault} from '../stream-fault';
import {ending} from '../stream-set';
import {listForm, listMembers} from '../value-list';
import {ValueWriter} from '../value-writer';

/** Every way to read a list of values, of a stream and of a set of them. */
export const LIST_READINGS: readonly ListReading[] = [
  ...[RECORDED, INTERPOLATED, INTERPOLATED_AT_TIMES, RECORDED_AT_TIMES, PLOT],
];

/** Every way to read one value. */
export const VALUE_READINGS: readonly ValueReading[] = [VALUE, END, RECORDED_AT_TIME];

function streamOf(call: Call): Stream {
  const stream = resolveStream(call.world, call.path['webId'] ?? '');
  refuseUnits(stream, call.query.text('desiredUnits'));
  return stream;
}

function listOf(call: Call, reading: ListReading): Answer {
  const stream = streamOf(call);
  const {at, read} = reading.prepare(call);
  const fault = ownFault(call.world, stream);
  const {selection} = call;
  const opening = isSelected(selection, 'Links') ? '{"Links":{},' : '{';
  if (fault?.scope === 'value') {
    const value = errorValue(at, fault.message, below(selection, 'Items'));
    return textAnswer([`${opening}"Items":[${value}]}`]);
  }
  const form = {...listForm(selection, call.budget), spoiled: fault?.spoiled};
  return textAnswer([opening, ...listMembers(stream, form, read), ending(call)]);
}

function valueOf(call: Call, reading: ValueReading): Answer {
  const stream = streamOf(call);
  const {at, read} = reading.prepare(call);
  const fault = ownFault(call.world, stream);
  const found = fault?.scope === 'value' ? fault.message : read(stream);
  call.budget.take();
  return textAnswer([
    typeof found === 'string'
      ? errorValue(at, found, call.selection)
      : new ValueWriter(call.selection, stream.units).write(found),
  ]);
}

export const streamRoutes: readonly Route[] = [
  ...LIST_READINGS.map((reading): Route => ({
    operation: `GET /streams/{webId}/${reading.resource}`,
    parameters: [...reading.parameters, 'desiredUnits'],
    answers: reading.answers,
    handle: (call) => listOf(call, reading),
  })),
  ...VALUE_READINGS.map((reading): Route => ({
    operation: `GET /streams/{webId}/${reading.resource}`,
    parameters: [...reading.parameters, 'desiredUnits'],
    answers: reading.answers,
    handle: (call) => valueOf(call, reading),
  })),
];
