import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {Transform} from 'node:stream';
import {pipeline} from 'node:stream/promises';

import {executable, LineScanner, type Program} from 'demo';

/** What has passed the pipe, or how many states have been acknowledged. */
type Moment =
  /** Infinity for the end of all output. */
  | {readonly bytes: number}
  | {readonly states: number}
  /** A stream of whose states one has left the source; no destination has stored it yet. */
  | {readonly emitted: string};

/** Whom SIGKILL meets, and when. */
export interface Cut {
  readonly victim: 'source' | 'destination' | 'both';
  readonly after: Moment;
  /** How much later the signal comes: what happens between two writes is met, too. */
  readonly delayMs: number;
}

/** One run of `source-pi read | destination-unity write`, its documents as files. */
export interface PipeOrder {
  readonly sourceArgs: readonly string[];
  readonly destinationArgs: readonly string[];
  readonly cut: Cut | undefined;
  /** Told of each STATE as the source emits it and as the destination acknowledges it. */
  readonly onState: (state: unknown, from: 'source' | 'destination') => void;
}

/** How a run ended. */
export interface PipeEnd {
  /** Exit code, or the name of the signal. */
  readonly source: number | string;
  readonly destination: number | string;
  /** The signal met its victim while it ran. */
  readonly isKilled: boolean;
  /** RECORD messages that passed. */
  readonly records: number;
  /** What both said of errors: TRACE messages and what was written to stderr. */
  readonly complaints: readonly string[];
}

/**
 * Longest time a run may take: far beyond what the largest of them needs, so that only a
 * program that waits for something that never comes is stopped by it.
 */
const LONGEST_MS = 120_000;

/** Runs both programs with the caller between them, as a platform stands there. */
export async function runPipe(order: PipeOrder): Promise<PipeEnd> {
  const source = start('source-pi', order.sourceArgs);
  const destination = start('destination-unity', order.destinationArgs);
  const run = new Run(source, destination, order);
  const hanging = setTimeout(() => run.stop(), LONGEST_MS);
  const ends = Promise.all([ended(source), ended(destination)]);
  await run.relay();
  const [sourceEnd, destinationEnd] = await ends;
  clearTimeout(hanging);
  return run.end(sourceEnd, destinationEnd);
}

class Run {
  readonly #passing = new LineScanner((message) => this.#hear(message, 'source'));
  readonly #complaints: string[] = [];
  #bytes = 0;
  #states = 0;
  /** Streams whose states have left the source. */
  readonly #emitted = new Set<string>();
  #isSignalled = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly source: ChildProcess,
    private readonly destination: ChildProcess,
    private readonly order: PipeOrder,
  ) {
    const answers = new LineScanner((message) => this.#hear(message, 'destination'));
    destination.stdout?.on('data', (chunk: Buffer) => answers.feed(chunk));
    for (const child of [source, destination]) {
      child.stderr?.on('data', (chunk: Buffer) => this.#complaints.push(String(chunk)));
    }
  }

  /** Resolves when no more can pass, whatever the reason. */
  async relay(): Promise<void> {
    const {source, destination} = this;
    if (source.stdout === null || destination.stdin === null) return;
    const look = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.#look(chunk);
        done(null, chunk);
      },
      flush: (done) => {
        this.#bytes = Infinity;
        this.#aim();
        done();
      },
    });
    this.#aim();
    // A reader or a writer that was killed ends the pipe with an error; that is expected.
    await pipeline(source.stdout, look, destination.stdin).catch(() => undefined);
  }

  /** Ends what hangs. */
  stop(): void {
    this.#complaints.push(`The run was stopped after ${LONGEST_MS} ms.`);
    for (const child of [this.source, this.destination]) child.kill('SIGKILL');
  }

  end(source: number | string, destination: number | string): PipeEnd {
    clearTimeout(this.#timer);
    const records = [...this.#passing.records.values()].reduce((sum, n) => sum + n, 0);
    const isKilled =
      this.#isSignalled && (source === 'SIGKILL' || destination === 'SIGKILL');
    return {source, destination, isKilled, records, complaints: this.#complaints};
  }

  #look(chunk: Buffer): void {
    this.#passing.feed(chunk);
    this.#bytes += chunk.length;
    this.#aim();
  }

  /** Sends the signal when its time has come, once. */
  #aim(): void {
    const {cut} = this.order;
    if (cut === undefined || this.#timer !== undefined) return;
    if (!this.#hasCome(cut.after)) return;
    this.#timer = setTimeout(() => this.#kill(cut), cut.delayMs);
  }

  #hasCome(moment: Moment): boolean {
    if ('bytes' in moment) return this.#bytes >= moment.bytes;
    if ('states' in moment) return this.#states >= moment.states;
    return this.#emitted.has(moment.emitted);
  }

  #kill({victim}: Cut): void {
    this.#isSignalled = true;
    if (victim !== 'destination') this.source.kill('SIGKILL');
    if (victim !== 'source') this.destination.kill('SIGKILL');
  }

  #hear(
    message: Readonly<Record<string, unknown>>,
    from: 'source' | 'destination',
  ): void {
    if (message['type'] === 'STATE') {
      this.order.onState(message['state'], from);
      if (from === 'destination') this.#states += 1;
      else this.#emitted.add(streamOf(message['state']));
      this.#aim();
    }
    const {trace} = message as {trace?: {error?: {message: string}}};
    if (trace?.error !== undefined) this.#complaints.push(trace.error.message);
  }
}

function streamOf(state: unknown): string {
  const {stream} = state as {stream: {stream_descriptor: {name: string}}};
  return stream.stream_descriptor.name;
}

function start(program: Program, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [executable(program), ...args], {
    stdio: [program === 'source-pi' ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: {...process.env, CHECKPOINT_INTERVAL_SECONDS: '0'},
  });
}

async function ended(child: ChildProcess): Promise<number | string> {
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return code ?? signal ?? 'unknown';
}
