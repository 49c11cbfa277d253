import {ConfigError, ConnectorError, SystemError, TransientError} from 'airbyte-cdk-ts';

import {identifier} from '../sql/quoting';
import type {Refusal} from '../warehouse';
import {isDenied, lackOf, toldLack, UNKNOWN_PRINCIPAL, type Grant} from '../grants';
import {RefusedStatement} from './refused-statement';

/** One step of a check. */
export interface Layer {
  /** What it does, as the beginning of a sentence: `Creating a table in main.pi`. */
  readonly doing: string;
  /** The right that is missing if the warehouse says only that one is. */
  readonly grant: Grant;
  /** What else a refusal can mean, as advice; undefined where it is nothing known. */
  readonly advice?: (refusal: Refusal) => string | undefined;
}

/**
 * Takes a step. Rejects with a failure that names the step, and the missing right where
 * it is one.
 *
 * @param principal As the warehouse knows who loads; undefined while that is not known.
 */
export async function inLayer<Result>(
  layer: Layer,
  principal: string | undefined,
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    return await act();
  } catch (failure) {
    throw failure instanceof ConnectorError ? told(failure, layer, principal) : failure;
  }
}

function told(
  failure: ConnectorError,
  {doing, grant, advice}: Layer,
  principal: string | undefined,
): ConnectorError {
  const options = {details: failure.details, cause: failure};
  const refusal = refusalIn(failure);
  if (isDenied(refusal)) {
    const lack = lackOf(toldLack(refusal) ?? grant, principal);
    return new ConfigError(`${doing} was refused. ${lack}`, options);
  }
  const hint = advice?.(refusal);
  const words = withPrincipal(failure.message, principal);
  const message = `${doing} failed: ${words}${hint === undefined ? '' : ` ${hint}`}`;
  if (failure instanceof TransientError) return new TransientError(message, options);
  if (failure instanceof SystemError) return new SystemError(message, options);
  return new ConfigError(message, options);
}

/** Others name the missing right, too, but do not know who lacks it. */
function withPrincipal(message: string, principal: string | undefined): string {
  if (principal === undefined) return message;
  return message.replaceAll(UNKNOWN_PRINCIPAL, () => identifier(principal));
}

/** Uploads are refused without an error class; their words may name the right. */
function refusalIn(failure: ConnectorError): Refusal {
  if (failure instanceof RefusedStatement) return failure.refusal;
  return {errorClass: '', sqlState: '', message: failure.message};
}
