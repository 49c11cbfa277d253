import {ApiError} from '../api-error';
import {type Query} from '../query';

/** @throws ApiError 501: this server knows filter expressions and evaluates none. */
export function refuseFilter(query: Query): void {
  if (query.text('filterExpression') === undefined) return;
  throw new ApiError(501, ['Filter expressions are not evaluated by this server.']);
}
