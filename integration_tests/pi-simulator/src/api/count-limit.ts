import {badRequest} from './api-error';

/** @throws ApiError 400 with the phrase that clients look for. */
export function checkedCount(count: number, limit: number): number {
  if (count > limit) throw tooMany(`Parameter 'maxCount'`, limit);
  if (count === 0) throw badRequest(`Parameter 'maxCount' must be greater than 0.`);
  return count;
}

/** The same for values that a request makes rather than asks for. @throws ApiError 400 */
export function checkedValues(count: number, limit: number): void {
  if (count > limit) throw tooMany('The number of values', limit);
}

function tooMany(what: string, limit: number): Error {
  return badRequest(`${what} is greater than the maximum allowed (${limit}).`);
}
