import {ConfigError, TransientError, type ConnectorError} from 'airbyte-cdk-ts';

/** What the user reads of one way to fail. */
export interface FailureText {
  readonly failureType: 'config_error' | 'transient_error';
  /** Cause and remedy; `{name}` stands for a fact of the single case. */
  readonly text: string;
}

/** The same, as a row of the user documentation. */
export interface FailureRow extends FailureText {
  readonly id: string;
}

export const config = (text: string): FailureText => ({
  failureType: 'config_error',
  text,
});
export const transient = (text: string): FailureText => ({
  failureType: 'transient_error',
  text,
});

export function failureRows(
  texts: Readonly<Record<string, FailureText>>,
): readonly FailureRow[] {
  return Object.entries(texts).map(([id, text]) => ({id, ...text}));
}

/**
 * The error of a row. `said` are a server's own words and stand at the end; what else its
 * text does not name stands among the details, together with `reason`, the row's id. No
 * fact may be called `status` or `code`: by these the client knows answers of PI and
 * faults of the way to PI.
 */
export function failureOfRow(
  {id, failureType, text}: FailureRow,
  {said = '', ...facts}: Readonly<Record<string, string>>,
): ConnectorError {
  const details: Record<string, string> = {reason: id};
  let message = said === '' ? text : `${text} In its own words: ${said}`;
  for (const [name, fact] of Object.entries(facts)) {
    const place = `{${name}}`;
    if (message.includes(place)) message = message.replaceAll(place, () => fact);
    else details[name] = fact;
  }
  const Failure = failureType === 'config_error' ? ConfigError : TransientError;
  return new Failure(message, {details});
}
