import type {Call} from '../thrift/calls';

/** What a client asked of the server, once it is known. */
export type Exchange =
  | {readonly kind: 'thrift'; readonly name: string; readonly call?: Call}
  /** A file moved by a presigned URL; `file` is where it lies, none for unknown URLs. */
  | {readonly kind: 'presigned'; readonly verb: string; readonly file?: string}
  | {readonly kind: 'files_api'; readonly verb: string; readonly path: string}
  | {readonly kind: 'token'}
  | {readonly kind: 'other'; readonly verb: string; readonly path: string};

export interface HttpReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What goes wrong instead of the right reply: another one, or the connection is cut. */
export type Failure = HttpReply | 'drop';

/**
 * Where faults come from. `before` keeps the server from acting; `after` lets it act and
 * replaces the reply. To be slow, resolve late. Both are asked once per request.
 */
export interface FaultSchedule {
  before(exchange: Exchange): Failure | undefined | Promise<Failure | undefined>;
  after(exchange: Exchange): Failure | undefined | Promise<Failure | undefined>;
}

export const NO_FAULTS: FaultSchedule = {
  before: () => undefined,
  after: () => undefined,
};

export function jsonReply(status: number, body: unknown): HttpReply {
  return {
    status,
    headers: {'content-type': 'application/json'},
    body: JSON.stringify(body),
  };
}

/** A refusal of the REST interfaces. */
export function restError(
  status: number,
  errorCode: string,
  message: string,
): HttpReply {
  return jsonReply(status, {error_code: errorCode, message});
}
