import {asConnectorError} from '../errors';
import type {StreamDescriptor} from '../protocol/catalog';
import type {JsonObject} from '../protocol/json';
import {
  errorLine,
  logLine,
  messageLine,
  statusLine,
  type ConnectionStatus,
  type StatusTrace,
} from '../protocol/messages';
import type {Log, LogLevel} from './log';
import type {OutputQueue} from './output-queue';
import type {Redactor} from './redaction';

const SEVERITY: Readonly<Record<LogLevel, number>> = {
  DEBUG: 0,
  INFO: 1,
  WARN: 2,
  ERROR: 3,
};

export interface EmitterOptions {
  readonly redactor: Redactor;
  /** The least level of LOG messages that is written. */
  readonly logLevel: LogLevel;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Every message but records and states: what they say is free of secrets. */
export class Emitter {
  readonly log: Log = {
    error: (message) => this.#log('ERROR', message),
    warn: (message) => this.#log('WARN', message),
    info: (message) => this.#log('INFO', message),
    debug: (message) => this.#log('DEBUG', message),
  };

  constructor(
    readonly queue: OutputQueue,
    private readonly options: EmitterOptions,
  ) {}

  /** Epoch milliseconds. */
  now(): number {
    return this.options.now();
  }

  /** Writes a line that is rendered already, and sends it on its way. */
  line(line: string): void {
    this.queue.append(line);
    void this.queue.flush();
  }

  /** One of the answers of `spec` and `discover`. */
  answer(type: 'SPEC' | 'CATALOG', body: JsonObject): void {
    this.line(messageLine(type, body));
  }

  /** The answer of `check`. */
  connectionStatus({status, message}: ConnectionStatus): void {
    const text = this.options.redactor.redact(message);
    this.line(
      messageLine('CONNECTION_STATUS', {connectionStatus: {status, message: text}}),
    );
  }

  status(status: StatusTrace): void {
    this.line(statusLine(status, this.now()));
  }

  /** A TRACE ERROR. The message is the user's, origin and stack are for the makers. */
  error(thrown: unknown, stream?: StreamDescriptor): void {
    const error = asConnectorError(thrown);
    const {redactor} = this.options;
    const trace = {
      message: redactor.redact(error.message),
      internalMessage: redactor.redact(originOf(error)),
      stackTrace: redactor.redact(error.stack ?? ''),
      failureType: error.failureType,
      ...(stream && {stream}),
    };
    this.line(errorLine(trace, this.now()));
  }

  #log(level: LogLevel, message: string): void {
    if (SEVERITY[level] < SEVERITY[this.options.logLevel]) return;
    this.line(logLine(level, this.options.redactor.redact(message)));
  }
}

/** The error with its facts, then what caused it, and what caused that. */
function originOf(error: Error): string {
  const said: string[] = [];
  let next: unknown = error;
  for (let depth = 0; depth < 5 && next instanceof Error; depth += 1) {
    said.push(String(next));
    next = next.cause;
  }
  return said.join(' <- ');
}
