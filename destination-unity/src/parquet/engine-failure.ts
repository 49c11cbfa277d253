import {ConfigError, SystemError, type ConnectorError} from 'airbyte-cdk-ts';

/** What the engine says, and who has to act on it. */
const TREATMENTS = [
  {
    says: /No space left on device|Disk quota exceeded/,
    advice: 'The disk is full. Make room, then start again.',
  },
  {
    says: /Permission denied|Read-only file system|Operation not permitted/,
    advice:
      'The folder of the lake cannot be written. Give the connector the right to.',
  },
] as const;

/** Turns the engine's words into a failure whose class says who must act. */
export function engineFailure(message: string): ConnectorError {
  const known = TREATMENTS.find(({says}) => says.test(message));
  if (known !== undefined)
    return new ConfigError(`${known.advice} The engine says: ${message}`);
  return new SystemError(`The Parquet engine failed: ${message}`);
}
