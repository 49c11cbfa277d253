import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import path from 'node:path';

import type {FastClock} from './fast-clock';
import type {SourceBuild} from './source-build';

/** What an attempt is given. */
export interface AttemptOrder {
  readonly build: SourceBuild;
  readonly config: Readonly<Record<string, unknown>>;
  readonly catalog: Readonly<Record<string, unknown>>;
  readonly states: readonly unknown[];
  /** What is written behind so many bytes is lost; undefined: read to the end. */
  readonly killAfterBytes: number | undefined;
  readonly clock: FastClock;
  readonly requestTimeoutSeconds: number | undefined;
  readonly zone: string;
  /** Aborted when the attempt goes on without end. */
  readonly signal: AbortSignal;
  /** For the files of a program. */
  readonly folder: string;
}

/** What an attempt left behind. */
export interface AttemptOutput {
  /** Whole lines. */
  readonly text: string;
  /** Undefined for one that was killed. */
  readonly exitCode: number | undefined;
}

/** Runs the source's engine in this process; a kill abandons it. */
export async function attemptInProcess(order: AttemptOrder): Promise<AttemptOutput> {
  const {killAfterBytes = Infinity} = order;
  const kill = new AbortController();
  const taken: Buffer[] = [];
  let bytes = 0;
  const write = (buffer: Buffer): void => {
    // What is queued may be overwritten once it is written.
    taken.push(Buffer.from(buffer.subarray(0, Math.max(0, killAfterBytes - bytes))));
    bytes += buffer.length;
    if (bytes >= killAfterBytes) kill.abort(new Error('Killed.'));
  };
  process.env['TZ'] = order.zone;
  const signal = AbortSignal.any([kill.signal, order.signal]);
  const isDone = await order.build.read({...order, signal, write});
  const isKilled = bytes >= killAfterBytes;
  return {
    text: wholeLines(Buffer.concat(taken)),
    exitCode: isKilled ? undefined : Number(!isDone),
  };
}

/** Runs the program; a kill is SIGKILL. */
export async function attemptByProgram(order: AttemptOrder): Promise<AttemptOutput> {
  const child = start(order);
  const {killAfterBytes = Infinity} = order;
  const taken: Buffer[] = [];
  let bytes = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    taken.push(chunk);
    bytes += chunk.length;
    if (bytes >= killAfterBytes) child.kill('SIGKILL');
  });
  const stop = (): boolean => child.kill('SIGKILL');
  order.signal.addEventListener('abort', stop);
  const [code, ended] = (await once(child, 'close')) as [number | null, string | null];
  order.signal.removeEventListener('abort', stop);
  // One that had ended before the signal reached it was not killed.
  const exitCode = ended === 'SIGKILL' ? undefined : (code ?? 1);
  return {text: wholeLines(Buffer.concat(taken)), exitCode};
}

function start(order: AttemptOrder): ChildProcess {
  const {build, config, catalog, states, folder, zone} = order;
  const file = (name: string, content: unknown): string => {
    const place = path.join(folder, name);
    writeFileSync(place, JSON.stringify(content));
    return place;
  };
  const args = [
    ...['read', '--config', file('config.json', config)],
    ...['--catalog', file('catalog.json', catalog)],
    ...['--state', file('state.json', states)],
  ];
  return spawn(process.execPath, [build.program, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {...process.env, CHECKPOINT_INTERVAL_SECONDS: '0', TZ: zone},
  });
}

function wholeLines(bytes: Buffer): string {
  return bytes.subarray(0, bytes.lastIndexOf(10) + 1).toString('utf8');
}
