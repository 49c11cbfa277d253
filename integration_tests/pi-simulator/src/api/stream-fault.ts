import {type FaultRule} from '../faults/fault-rule';
import {ApiError} from './api-error';
import {type Stream, streamSubject} from './stream';
import {type SpoiledValue} from './value-list';
import {isUnsupported} from './unsupported';
import {type World} from './world';

/** What a fault makes of a stream; undefined where none is in the way. */
export type StreamFault =
  | {readonly scope: 'item'; readonly status: number; readonly message: string}
  /** All values are one error. */
  | {readonly scope: 'value'; readonly message: string}
  /** One value among good ones is an error. */
  | {readonly scope: 'spoiled'; readonly spoiled: SpoiledValue}
  | undefined;

/** @throws ApiError for a fault that fails the whole call. */
export function streamFault(world: World, stream: Stream): StreamFault {
  return (
    unsupportedFault(world, stream) ??
    ruledFault(world.faults.forStream(() => streamSubject(stream)))
  );
}

function unsupportedFault(world: World, {resource, name}: Stream): StreamFault {
  if (resource !== 'attributes' || !isUnsupported(world, name)) return undefined;
  const message = `The type of the attribute '${name}' is not supported.`;
  return {scope: 'item', status: 501, message};
}

function ruledFault(fault: FaultRule | undefined): StreamFault {
  if (fault === undefined) return undefined;
  const {status = 500, message = 'The stream cannot be read.', scope = 'whole'} = fault;
  if (scope === 'whole') throw new ApiError(status, [message]);
  return scope === 'item' ? {scope, status, message} : valueFault(fault, message);
}

function valueFault({errorAfterValues}: FaultRule, message: string): StreamFault {
  return errorAfterValues === undefined
    ? {scope: 'value', message}
    : {scope: 'spoiled', spoiled: {after: errorAfterValues, message}};
}

/**
 * The same for a stream that is read by itself: there is no item to keep a failure in.
 *
 * @throws ApiError for a fault that is not one of values.
 */
export function ownFault(
  world: World,
  stream: Stream,
): Exclude<StreamFault, {scope: 'item'}> {
  const fault = streamFault(world, stream);
  if (fault?.scope === 'item') throw new ApiError(fault.status, [fault.message]);
  return fault;
}
