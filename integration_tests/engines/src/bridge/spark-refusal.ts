import {SqlError} from '../wire';

/**
 * Spark's words on a failure as a warehouse shows them: from the error class on, without
 * the Java classes before it and the stack behind it; its SQLSTATE is in the text.
 */
export function refusalOf(errorMessage: string): SqlError {
  const told = errorMessage.split(/\n\s*at [\w$.]+\(/u)[0] ?? '';
  const errorClass = /\[[A-Z][A-Z0-9_.]+\]/.exec(told)?.[0];
  const message =
    errorClass === undefined
      ? told.replace(/^org\.apache\.\S+: /, '')
      : told.slice(told.lastIndexOf(errorClass));
  return SqlError.worded(message.trim(), /SQLSTATE: (\w{5})/.exec(told)?.[1]);
}
