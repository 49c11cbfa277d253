/** Levels of a LOG message that the connectors use. */
export type LogLevel = 'ERROR' | 'WARN' | 'INFO' | 'DEBUG';

/** The only way to say something to the user. Secrets are taken out of every text. */
export interface Log {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  /** Written only with `--debug` or `LOG_LEVEL=debug`. */
  debug(message: string): void;
}

/** The level that `LOG_LEVEL` or `--debug` asks for; INFO where neither is understood. */
export function logLevel(asked: string | undefined, isDebug: boolean): LogLevel {
  if (isDebug) return 'DEBUG';
  switch (asked?.toUpperCase()) {
    case 'TRACE':
    case 'DEBUG':
      return 'DEBUG';
    case 'WARN':
    case 'WARNING':
      return 'WARN';
    case 'ERROR':
    case 'FATAL':
      return 'ERROR';
    default:
      return 'INFO';
  }
}
