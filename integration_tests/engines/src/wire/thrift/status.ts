import {TStatus, TStatusCode} from '@databricks/sql/thrift/TCLIService_types';

import {sqlStateOf} from '../answers/sql-error';

export function success(): TStatus {
  return new TStatus({statusCode: TStatusCode.SUCCESS_STATUS});
}

/** The status of a call that failed, in the words of the error. */
export function failure(error: unknown): TStatus {
  const message = error instanceof Error ? error.message : String(error);
  const sqlState = sqlStateOf(error);
  return new TStatus({
    statusCode: TStatusCode.ERROR_STATUS,
    errorMessage: message,
    displayMessage: message,
    ...(sqlState === undefined ? {} : {sqlState}),
  });
}
