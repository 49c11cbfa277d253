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

const LEVELS: Readonly<Record<string, LogLevel>> = {
  TRACE: 'DEBUG',
  DEBUG: 'DEBUG',
  INFO: 'INFO',
  WARN: 'WARN',
  WARNING: 'WARN',
  ERROR: 'ERROR',
  FATAL: 'ERROR',
};

/** The level that `--debug` or `LOG_LEVEL` asks for; INFO where neither is understood. */
export function logLevel(asked: string | undefined, isDebug: boolean): LogLevel {
  return isDebug ? 'DEBUG' : (LEVELS[asked?.toUpperCase() ?? ''] ?? 'INFO');
}
