/** An answer that is an error: a status and what PI Web API writes in the body. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly errors: readonly string[],
  ) {
    super(errors.join(' '));
  }
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, [message]);
}

export function notFound(message: string): ApiError {
  return new ApiError(404, [message]);
}

export function conflict(message: string): ApiError {
  return new ApiError(409, [message]);
}
