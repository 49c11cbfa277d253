/** Airbyte's names for the three classes below (`failure_type` of a TRACE ERROR). */
export type FailureType = 'config_error' | 'transient_error' | 'system_error';

/** Facts that belong to a failure. Never a secret, never a record's value. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

export interface ConnectorErrorOptions {
  readonly details?: ErrorDetails;
  readonly cause?: unknown;
}

/**
 * A failure the connector understands. Its class says who has to act: the user
 * (`ConfigError`), nobody because time will do (`TransientError`), or the makers of
 * the connector (`SystemError`).
 */
export abstract class ConnectorError extends Error {
  abstract readonly failureType: FailureType;
  readonly details: ErrorDetails;

  /** @param message One or two sentences for the user: what happened, what to do. */
  constructor(message: string, {details = {}, cause}: ConnectorErrorOptions = {}) {
    super(message, cause === undefined ? undefined : {cause});
    this.name = new.target.name;
    this.details = details;
  }

  /** The message with its facts behind it: `PI is busy. (status=503, attempt=4)`. */
  override toString(): string {
    const facts = Object.entries(this.details).map(([name, fact]) => `${name}=${fact}`);
    return facts.length === 0 ? this.message : `${this.message} (${facts.join(', ')})`;
  }
}

/** The user must change something: a setting, a right, a certificate. */
export class ConfigError extends ConnectorError {
  readonly failureType = 'config_error';
}

/** Nobody must act: the next attempt may succeed. */
export class TransientError extends ConnectorError {
  readonly failureType = 'transient_error';
}

/** The connector is at fault, or a neighbour did something we do not know. */
export class SystemError extends ConnectorError {
  readonly failureType = 'system_error';
}

/** Turns whatever was thrown into a failure of a known class. */
export function asConnectorError(thrown: unknown): ConnectorError {
  if (thrown instanceof ConnectorError) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  return new SystemError(`An unforeseen failure: ${said}`, {cause: thrown});
}
