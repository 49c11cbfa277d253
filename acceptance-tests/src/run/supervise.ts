import type {ChildProcessWithoutNullStreams} from 'node:child_process';
import {once} from 'node:events';
import {createWriteStream, readFileSync} from 'node:fs';
import path from 'node:path';
import {Readable, type Writable} from 'node:stream';
import {finished, pipeline} from 'node:stream/promises';

import {Beats} from './beats';
import type {Outcome} from './outcome';
import type {Command, ReaderBehaviour} from './runner';

const SAMPLE_EVERY_MS = 40;
const DEFAULT_TIMEOUT_SECONDS = 600;

interface Supervision {
  readonly command: Command;
  /** Where output and documents of this run are kept. */
  readonly folder: string;
  /** Ends it at once. */
  readonly kill: () => void;
  /** The process whose memory counts; undefined: none that can be seen. */
  readonly memoryOf?: number | undefined;
}

/** Keeps what a started connector prints, feeds it, and bounds its time. */
export async function supervise(
  child: ChildProcessWithoutNullStreams,
  {command, folder, kill, memoryOf}: Supervision,
): Promise<Outcome> {
  const startedMs = Date.now();
  const reader = new Reader(child, command.reader ?? {}, kill);
  const memory = new MemoryWatch(memoryOf, reader);
  command.reader?.kill?.addEventListener('abort', kill);
  let hasTimedOut = false;
  const timeout = setTimeout(
    () => {
      hasTimedOut = true;
      reader.isCut = true;
      kill();
    },
    (command.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
  );
  const stdoutFile = path.join(folder, 'stdout.jsonl');
  const stderrFile = path.join(folder, 'stderr.txt');
  const [[exit, signal]] = await Promise.all([
    once(child, 'close') as Promise<[number | null, string | null]>,
    reader.keep(stdoutFile),
    pipeline(child.stderr, createWriteStream(stderrFile)),
    fed(child.stdin, command),
  ]).finally(() => {
    clearTimeout(timeout);
    memory.stop();
  });
  return {
    command: command.command,
    ...{exit, signal, hasTimedOut, stdoutFile, stderrFile},
    seconds: (Date.now() - startedMs) / 1000,
    peakRssBytes: memory.peakBytes,
    pausedRssBytes: memory.pausedBytes,
    isCut: signal !== null || reader.isCut,
    ...reader.beats.silence(Date.now()),
    secondsAfterClose:
      reader.closedMs === undefined ? undefined : (Date.now() - reader.closedMs) / 1000,
  };
}

/** Reads standard output into a file, as patiently as it is told to. */
class Reader {
  isPaused = false;
  /** It made the end itself; what comes afterwards is not part of the output. */
  isCut = false;
  closedMs: number | undefined;
  readonly beats = new Beats(Date.now());
  #bytes = 0;
  #isDone = false;

  constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly behaviour: ReaderBehaviour,
    private readonly kill: () => void,
  ) {}

  async keep(file: string): Promise<void> {
    const out = this.child.stdout;
    const kept = createWriteStream(file);
    out.on('error', () => undefined);
    out.on('data', (chunk: Buffer) => {
      if (this.isCut) return;
      this.beats.heard(chunk, Date.now());
      this.behaviour.onOutput?.(chunk);
      if (!kept.write(this.#cut(chunk))) this.#waitFor(out, kept);
      this.#behave(out);
    });
    await finished(out, {error: false}).catch(() => undefined);
    kept.end();
    await finished(kept);
  }

  /** What of a chunk comes before the end that the behaviour sets. */
  #cut(chunk: Buffer): Buffer {
    const {killAfterBytes = Infinity, closeAfterBytes = Infinity} = this.behaviour;
    const room = Math.min(killAfterBytes, closeAfterBytes) - this.#bytes;
    this.#bytes += chunk.length;
    this.isCut = chunk.length >= room;
    return chunk.subarray(0, room);
  }

  #waitFor(out: Readable, kept: Writable): void {
    out.pause();
    kept.once('drain', () => {
      if (!this.isPaused) out.resume();
    });
  }

  #behave(out: Readable): void {
    const {killAfterBytes, pause, closeAfterBytes} = this.behaviour;
    if (this.#isDone) return;
    if (reached(this.#bytes, killAfterBytes)) this.#once(this.kill);
    if (reached(this.#bytes, closeAfterBytes)) {
      this.#once(() => {
        this.closedMs = Date.now();
        out.destroy();
        this.#killLater();
      });
    }
    if (pause !== undefined && reached(this.#bytes, pause.afterBytes)) {
      this.#once(() => this.#pause(out, pause.seconds));
    }
  }

  #once(act: () => void): void {
    this.#isDone = true;
    act();
  }

  #killLater(): void {
    const {killSecondsAfterClose: seconds} = this.behaviour;
    if (seconds === undefined) return;
    const timer = setTimeout(this.kill, seconds * 1000);
    this.child.once('close', () => {
      clearTimeout(timer);
    });
  }

  #pause(out: Readable, seconds: number): void {
    this.isPaused = true;
    out.pause();
    setTimeout(() => {
      this.isPaused = false;
      out.resume();
    }, seconds * 1000);
  }
}

/** Looks at the highest resident memory of a process now and then (Linux). */
class MemoryWatch {
  peakBytes = 0;
  pausedBytes = 0;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pid: number | undefined,
    private readonly reader: Reader,
  ) {
    if (pid !== undefined)
      this.#timer = setInterval(() => this.#look(), SAMPLE_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const bytes = highWaterBytes(this.pid ?? 0);
    this.peakBytes = Math.max(this.peakBytes, bytes);
    if (this.reader.isPaused) this.pausedBytes = Math.max(this.pausedBytes, bytes);
  }
}

function highWaterBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function reached(bytes: number, limit: number | undefined): boolean {
  return limit !== undefined && bytes >= limit;
}

async function fed(stdin: Writable, {stdin: pieces = []}: Command): Promise<void> {
  // A connector that ends before its input does closes the pipe; its exit tells why.
  await pipeline(Readable.from(pieces), stdin).catch(() => undefined);
}
