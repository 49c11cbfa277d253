import {ApiError} from './api-error';
import {type Stream, streamSubject} from './stream';
import {type World} from './world';

/**
 * What a fault puts in place of the values of a stream that is read by itself: the
 * message of a value that is an error. Undefined where no fault is in the way.
 *
 * @throws ApiError for a fault that fails the whole stream.
 */
export function faultedValue({faults}: World, stream: Stream): string | undefined {
  const fault = faults.forStream(() => streamSubject(stream));
  if (fault === undefined) return undefined;
  const {status = 500, message = 'The stream cannot be read.', scope} = fault;
  if (scope !== 'value') throw new ApiError(status, [message]);
  return message;
}
