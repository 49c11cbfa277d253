import {spawn, type ChildProcessByStdio} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {Readable, Writable} from 'node:stream';

import {isJsonObject, type JsonObject} from '../protocol/json';

const FIXTURES = path.join(__dirname, '../../fixtures');

export type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly output: string;
  readonly messages: readonly JsonObject[];
}

export function start(name: string, args: readonly string[], environment = {}): Child {
  const program = path.join(FIXTURES, `${name}.cjs`);
  const env = {...process.env, LOG_LEVEL: 'INFO', ...environment};
  const child = spawn(process.execPath, [program, ...args], {env, stdio: 'pipe'});
  child.stdin.on('error', () => undefined);
  return child;
}

/** Collects both outputs; every line of stdout that begins like a message is one. */
export async function end(child: Child): Promise<Ended> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const [exitCode, signal] = await new Promise<[number | null, string | null]>(
    (resolve) => {
      child.on('close', (code, by) => resolve([code, by]));
    },
  );
  const text = Buffer.concat(stdout).toString();
  const lines = text.split('\n').filter((line) => line.startsWith('{"type":"'));
  const messages =
    exitCode === null || !child.stdout.destroyed || lines.length > 0 ? lines : [];
  return {
    exitCode,
    signal,
    output: text + Buffer.concat(stderr).toString(),
    messages: messages.flatMap(parsed),
  };
}

/** The last line may be torn where the reader went away. */
function parsed(line: string): readonly JsonObject[] {
  try {
    const message: unknown = JSON.parse(line);
    return isJsonObject(message) ? [message] : [];
  } catch {
    return [];
  }
}

export function ofType(
  messages: readonly JsonObject[],
  type: string,
): readonly JsonObject[] {
  return messages.filter((message) => message['type'] === type);
}

export function statesOf(
  messages: readonly JsonObject[],
  name: string,
): readonly JsonObject[] {
  return ofType(messages, 'STATE').flatMap((message) => {
    const {stream} = message['state'] as unknown as {
      stream: {stream_descriptor: {name: string}; stream_state: JsonObject};
    };
    return stream.stream_descriptor.name === name ? [stream.stream_state] : [];
  });
}

export function countOf(message: JsonObject): number {
  const state = message['state'] as unknown as {sourceStats: {recordCount: number}};
  return state.sourceStats.recordCount;
}

interface Trace {
  readonly stream_status?: {
    readonly stream_descriptor: {readonly name: string};
    readonly status: string;
  };
  readonly error?: {
    readonly failure_type: string;
    readonly stream_descriptor?: {readonly name: string};
  };
}

function tracesOf(messages: readonly JsonObject[]): readonly Trace[] {
  return ofType(messages, 'TRACE').map(
    (message) => message['trace'] as unknown as Trace,
  );
}

export function statusesOf(
  messages: readonly JsonObject[],
  name: string,
): readonly string[] {
  return tracesOf(messages).flatMap(({stream_status: status}) =>
    status?.stream_descriptor.name === name ? [status.status] : [],
  );
}

export function failuresIn(messages: readonly JsonObject[]): readonly string[] {
  return tracesOf(messages).flatMap(({error}) => {
    if (error === undefined) return [];
    const name = error.stream_descriptor?.name;
    return [name === undefined ? error.failure_type : `${error.failure_type} ${name}`];
  });
}

export function propertiesOf(message: JsonObject): object {
  const {spec} = message as unknown as {
    spec: {connectionSpecification: {properties: object}};
  };
  return spec.connectionSpecification.properties;
}

export function recordLine(padding: string): string {
  return `{"type":"RECORD","record":{"stream":"a","data":{"x":"${padding}"},"emitted_at":1767225600000}}\n`;
}

export function completeLine(): string {
  return (
    '{"type":"TRACE","trace":{"type":"STREAM_STATUS","emitted_at":1,"stream_status":' +
    '{"stream_descriptor":{"name":"a"},"status":"COMPLETE"}}}\n'
  );
}

export function sent(stdin: Writable, text: string): Promise<void> {
  return new Promise((resolve) => stdin.write(text, () => resolve()));
}

/** Resident memory in bytes. */
export function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

/** Resolves when the process has used no CPU time for a while: it waits for its reader. */
export async function untilWaiting(pid: number): Promise<void> {
  let used = '';
  for (let still = 0; still < 5;) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .split(' ')
      .slice(13, 15)
      .join(' ');
    still = now === used && Number(now.split(' ')[0]) > 10 ? still + 1 : 0;
    used = now;
  }
}
