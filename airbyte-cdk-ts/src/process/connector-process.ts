import {writeSync, writev} from 'node:fs';

import {asConnectorError, SystemError, TransientError} from '../errors';
import {Emitter} from '../output/emitter';
import {logLevel} from '../output/log';
import {OutputQueue} from '../output/output-queue';
import {Redactor} from '../output/redaction';
import {containerLimitBytes, memoryGuard} from './memory-guard';
import {divert} from './stray-output';

/** What one run of a connector stands on. */
export interface Surroundings {
  readonly emitter: Emitter;
  readonly redactor: Redactor;
  /** Aborted by SIGTERM, SIGINT, or when the reader of the output has gone. */
  readonly signal: AbortSignal;
  readonly checkMemory: () => void;
  readonly clockMs: () => number;
  readonly every: (intervalMs: number, act: () => void) => () => void;
  readonly environment: NodeJS.ProcessEnv;
}

/** How long a signalled connector may take to say what is true. */
const GRACE_MS = 10_000;
/** How long the last words may take when nobody reads. */
const LAST_WORDS_MS = 3_000;
const STDOUT = 1;
const STDERR = 2;
const SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT'];

/**
 * The process around a command: the one output, signals, last words and the exit code.
 * Only the composition root makes one.
 */
export class ConnectorProcess {
  readonly #abort = new AbortController();
  readonly #redactor = new Redactor();
  readonly #queue = new OutputQueue(writeStdout, {onBroken: () => this.#readerGone()});
  readonly #emitter: Emitter;
  #signal: NodeJS.Signals | undefined;

  constructor(argv: readonly string[]) {
    const level = logLevel(process.env['LOG_LEVEL'], argv.includes('--debug'));
    const options = {redactor: this.#redactor, logLevel: level, now: () => Date.now()};
    this.#emitter = new Emitter(this.#queue, options);
  }

  get surroundings(): Surroundings {
    const clockMs = (): number => performance.now();
    return {
      emitter: this.#emitter,
      redactor: this.#redactor,
      signal: this.#abort.signal,
      clockMs,
      checkMemory: memoryGuard({
        limitBytes: containerLimitBytes(),
        usedBytes: () => process.memoryUsage.rss(),
        clockMs,
      }),
      every: callEvery,
      environment: process.env,
    };
  }

  /** From now on nothing but the emitter reaches stdout, and nothing ends untold. */
  takeOver(): void {
    divert('stdout', (line) => this.#emitter.log.info(line));
    divert('stderr', (line) => writeStderr(`${this.#redactor.redact(line)}\n`));
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.removeAllListeners(event);
      process.on(event, (thrown: unknown) => void this.#dieOf(thrown));
    }
    // Exit code 0 promises that all is done: it must not come of having nothing to wait for.
    process.on('beforeExit', () => void this.#dieOf(stoppedHalfway()));
    for (const signal of SIGNALS) process.on(signal, () => this.#signalled(signal));
  }

  /** Runs to the end and never returns: true is exit code 0, anything else is 1. */
  async run(command: () => Promise<boolean>): Promise<void> {
    let isDone = false;
    try {
      isDone = await command();
    } catch (thrown) {
      if (!this.#abort.signal.aborted) this.#emitter.error(thrown);
    }
    await this.#leave(isDone ? 0 : 1);
  }

  async #dieOf(thrown: unknown): Promise<void> {
    this.#emitter.error(asConnectorError(thrown));
    await this.#leave(1);
  }

  async #leave(exitCode: number): Promise<void> {
    await Promise.race([this.#queue.flush(), after(LAST_WORDS_MS)]);
    if (this.#signal === undefined) process.exit(this.#queue.isBroken ? 1 : exitCode);
    dieOfSignal(this.#signal);
  }

  #signalled(signal: NodeJS.Signals): void {
    if (this.#signal !== undefined) {
      dieOfSignal(signal);
      return;
    }
    this.#signal = signal;
    this.#emitter.log.warn(
      `Told to stop by ${signal}: what is true is said, then we end.`,
    );
    this.#abort.abort(new TransientError(`The sync was stopped by ${signal}.`));
    setTimeout(() => void this.#leave(1), GRACE_MS).unref();
  }

  #readerGone(): void {
    writeStderr('Whoever read our output has gone; we end.\n');
    this.#abort.abort(new TransientError('Whoever read our output has gone.'));
    setTimeout(() => process.exit(1), LAST_WORDS_MS).unref();
  }
}

function stoppedHalfway(): SystemError {
  return new SystemError('The connector stopped in the middle of its work.');
}

function writeStdout(blocks: readonly Buffer[]): Promise<number> {
  return new Promise((resolve, reject) => {
    writev(STDOUT, blocks, (error, bytes) => {
      if (error === null) resolve(bytes);
      else reject(error);
    });
  });
}

function writeStderr(text: string): void {
  try {
    writeSync(STDERR, text);
  } catch {
    // Nobody listens there: nothing is left to be told to anyone.
  }
}

function callEvery(intervalMs: number, act: () => void): () => void {
  const timer = setInterval(act, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

function after(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs).unref());
}

/**
 * Dies of the signal itself, as whoever sent it expects; the first process of a container
 * cannot, and exits with the number a shell would report.
 */
function dieOfSignal(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  setTimeout(() => process.exit(signal === 'SIGTERM' ? 143 : 130), 200);
}
