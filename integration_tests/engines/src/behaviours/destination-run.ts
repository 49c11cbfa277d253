import {spawn, type ChildProcessWithoutNullStreams} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';

/** A STATE that came back, as it was written. */
export interface EchoedState {
  /** Stream name; undefined for a state of all streams. */
  readonly stream: string | undefined;
  readonly namespace: string | undefined;
  /** The state without what the destination adds. */
  readonly state: Readonly<Record<string, unknown>>;
  readonly recordCount: number;
}

/** An error the destination told. */
export interface ToldError {
  readonly stream: string | undefined;
  readonly failureType: string;
  readonly message: string;
}

/** How a run of the destination ended. */
export interface RunEnd {
  /** Exit code, or the name of the signal. */
  readonly exit: number | string;
  readonly states: readonly EchoedState[];
  readonly errors: readonly ToldError[];
  /** Texts of warnings. */
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
  /** What no protocol message may look like, and all of stderr. */
  readonly faults: readonly string[];
}

interface Message {
  readonly type?: unknown;
  readonly log?: {readonly level: string; readonly message: string};
  readonly state?: {
    readonly type?: string;
    readonly stream?: {
      readonly stream_descriptor: {readonly name: string; readonly namespace?: string};
    };
    readonly destinationStats?: {readonly recordCount: number};
  };
  readonly trace?: {
    readonly type: string;
    readonly error?: {
      readonly message: string;
      readonly failure_type: string;
      readonly stream_descriptor?: {readonly name: string};
    };
  };
}

const PROGRAM = path.join(
  __dirname,
  '../../../../destination-unity/bin/destination-unity',
);

/** Far beyond what the longest story takes: only what waits for ever meets it. */
const LONGEST_MS = 700_000;

/** The finished program, writing; its output judged line by line. */
export class DestinationRun {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<number | string>;
  readonly #states: EchoedState[] = [];
  readonly #errors: ToldError[] = [];
  readonly #logs: {readonly level: string; readonly message: string}[] = [];
  readonly #faults: string[] = [];
  readonly #hanging: NodeJS.Timeout;
  #isClosed = false;
  #rest = '';
  #wake: () => void = () => undefined;

  /** @param args Of the command `write`. */
  constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, [PROGRAM, 'write', ...args]);
    this.#child.stdin.on('error', () => undefined); // told by the exit code
    this.#child.stdout.setEncoding('utf8');
    this.#child.stdout.on('data', (text: string) => this.#read(text));
    this.#child.stderr.on('data', (chunk: Buffer) => this.#faults.push(String(chunk)));
    this.#hanging = setTimeout(() => {
      this.#faults.push(`The run was stopped after ${LONGEST_MS} ms.`);
      this.kill();
    }, LONGEST_MS);
    this.#closed = this.#end();
  }

  /** States that came back so far. */
  get echoed(): number {
    return this.#states.length;
  }

  /** Feeds lines, as fast as they are taken. What a dead program does not take is lost. */
  async feed(lines: Iterable<string>): Promise<void> {
    const {stdin} = this.#child;
    for (const line of lines) {
      if (this.#isClosed || stdin.destroyed) return;
      if (stdin.write(`${line}\n`)) continue;
      await Promise.race([once(stdin, 'drain').catch(() => undefined), this.#closed]);
    }
  }

  /**
   * Resolves when so many states are back, or when some may never come: a stream has
   * failed or the program has ended.
   */
  async echoes(states: number): Promise<void> {
    while (this.#states.length < states && !this.#isClosed && !this.#hasFailed()) {
      await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  #hasFailed(): boolean {
    return this.#logs.some(({level}) => level === 'ERROR');
  }

  /** Meets the program between two instructions. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Ends the input and waits for the program. */
  async end(): Promise<RunEnd> {
    this.#child.stdin.end();
    const exit = await this.#closed;
    clearTimeout(this.#hanging);
    if (this.#rest !== '' && exit !== 'SIGKILL') {
      this.#faults.push(`Not a whole line: ${this.#rest}`);
    }
    const told = (level: string): string[] =>
      this.#logs.flatMap((log) => (log.level === level ? log.message : []));
    return {
      exit,
      states: this.#states,
      errors: this.#errors,
      warnings: told('WARN'),
      infos: told('INFO'),
      faults: this.#faults,
    };
  }

  async #end(): Promise<number | string> {
    const [code, signal] = (await once(this.#child, 'close')) as [
      number | null,
      string | null,
    ];
    this.#isClosed = true;
    this.#wake();
    return code ?? signal ?? 'unknown';
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#hear(line);
    this.#wake();
  }

  #hear(line: string): void {
    const message = parsed(line);
    const isKnown =
      this.#hearState(message) || this.#hearLog(message) || this.#hearError(message);
    if (!isKnown) this.#faults.push(`Unexpected on stdout: ${line.slice(0, 300)}`);
  }

  #hearState({type, state}: Message): boolean {
    if (type !== 'STATE' || state?.destinationStats === undefined) return false;
    const {destinationStats, ...rest} = state;
    const {name, namespace} = state.stream?.stream_descriptor ?? {};
    const {recordCount} = destinationStats;
    this.#states.push({stream: name, namespace, state: rest, recordCount});
    return true;
  }

  #hearLog({type, log}: Message): boolean {
    if (type !== 'LOG' || log === undefined) return false;
    this.#logs.push(log);
    return true;
  }

  #hearError({type, trace}: Message): boolean {
    if (type !== 'TRACE' || trace?.error === undefined) return false;
    const {message, failure_type: failureType, stream_descriptor} = trace.error;
    this.#errors.push({stream: stream_descriptor?.name, failureType, message});
    return true;
  }
}

function parsed(line: string): Message {
  try {
    return (JSON.parse(line) ?? {}) as Message;
  } catch {
    return {};
  }
}
