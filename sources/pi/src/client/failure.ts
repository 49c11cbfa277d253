import {
  ConfigError,
  ConnectorError,
  SystemError,
  TransientError,
  type ErrorDetails,
} from 'airbyte-cdk-ts';

import type {Refusal} from './answer';
import {TOO_MANY_REQUESTS} from './passing-failure';
import {treatmentOf} from './treatment';

/** A request that brought no usable answer: what it is, and whether to ask again. */
export interface Failure {
  readonly error: ConnectorError;
  readonly retry: boolean;
  readonly shrink: boolean;
  /** PI, or the way to it, is loaded: fewer requests at once. */
  readonly overloaded: boolean;
  readonly status: number | undefined;
  readonly askedMs: number | undefined;
}

const CLASSES = {config: ConfigError, transient: TransientError, system: SystemError};
const TOO_LARGE = 413;

/** What a refusal means, by the table of treatments. */
export function failureOf(
  {status, said}: Refusal,
  facts: ErrorDetails,
  askedMs?: number,
): Failure {
  const {retry, shrink, failure, message} = treatmentOf(status);
  const details = {...facts, status, ...(said === '' ? {} : {said})};
  const overloaded = isOverload(status);
  const error = new CLASSES[failure](message, {details});
  return {error, retry, shrink, overloaded, status, askedMs};
}

/** Whether a status tells of a server with too much to do. */
export function isOverload(status: number): boolean {
  return status === TOO_MANY_REQUESTS || status >= 500;
}

/** What it means that no whole answer came. Anything not understood is thrown on. */
export function failureOfNetwork(thrown: unknown): Failure {
  if (!(thrown instanceof ConnectorError)) throw thrown;
  const tooLarge = thrown.details['status'] === TOO_LARGE;
  const transient = thrown instanceof TransientError;
  return {
    error: thrown,
    retry: transient && !tooLarge,
    shrink: tooLarge || thrown.details['code'] === 'READ_TIMEOUT',
    overloaded: transient && !tooLarge,
    status: undefined,
    askedMs: undefined,
  };
}

/**
 * Whether a rejected request may pass if it asks for less (fewer points, a narrower
 * window).
 */
export function mayShrink(error: unknown): boolean {
  if (!(error instanceof ConnectorError)) return false;
  const {status, code} = error.details;
  if (typeof status === 'number') return treatmentOf(status).shrink;
  return code === 'READ_TIMEOUT';
}
