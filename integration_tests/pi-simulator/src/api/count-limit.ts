import {badRequest} from './api-error';

/** @throws ApiError 400 with the phrase that clients look for. */
export function checkedCount(count: number, limit: number): number {
  if (count > limit) {
    throw badRequest(
      `Parameter 'maxCount' is greater than the maximum allowed (${limit}).`,
    );
  }
  if (count === 0) throw badRequest(`Parameter 'maxCount' must be greater than 0.`);
  return count;
}
