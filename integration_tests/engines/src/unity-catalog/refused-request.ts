/** A request the server turns down, with the code and the words it gives for that. */
export class RefusedRequest extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  /** The body of the answer. */
  get body(): unknown {
    const reason = {'@type': 'google.rpc.ErrorInfo', reason: this.code};
    return {error_code: this.code, message: this.message, details: [reason]};
  }
}

export function invalid(message: string): RefusedRequest {
  return new RefusedRequest(400, 'INVALID_ARGUMENT', message);
}

export function missing(what: string, name: string): RefusedRequest {
  return new RefusedRequest(404, 'NOT_FOUND', `${what} not found: ${name}`);
}

export function taken(what: string, name: string): RefusedRequest {
  return new RefusedRequest(409, 'ALREADY_EXISTS', `${what} already exists: ${name}`);
}
