import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {Transform} from 'node:stream';
import {pipeline} from 'node:stream/promises';

import {executable, type Program} from './executables';
import {LineScanner, type OnMessage} from './line-scanner';

/** One `source-pi read | destination-unity write`, its documents as objects. */
export interface SyncRequest {
  readonly folder: string;
  readonly sourceConfig: unknown;
  readonly destinationConfig: unknown;
  readonly catalog: unknown;
  /** The STATE messages of the sync before; undefined for a first one. */
  readonly state: readonly unknown[] | undefined;
  /** Told of every message of the source that is not a record. */
  readonly onMessage: OnMessage;
  /** Told the counts so far, about once a second. */
  readonly onProgress: (records: ReadonlyMap<string, number>) => void;
}

export interface SyncResult {
  /** Records the source emitted, by stream. */
  readonly records: ReadonlyMap<string, number>;
  /** The last state of each stream that the destination acknowledged. */
  readonly state: readonly unknown[];
}

/** Runs both programs in a pipe, as a user would in a shell, and looks on. */
export async function runSync(request: SyncRequest): Promise<SyncResult> {
  const files = writeDocuments(request);
  const scanner = new LineScanner(request.onMessage);
  const source = start('source-pi', [
    ...['read', '--config', files.sourceConfig, '--catalog', files.catalog],
    ...(request.state === undefined ? [] : ['--state', files.state]),
  ]);
  const destination = start('destination-unity', [
    ...['write', '--config', files.destinationConfig, '--catalog', files.catalog],
  ]);
  const ends = Promise.all([exitCode(source), exitCode(destination)]);
  const states = acknowledgedStates(destination);
  const timer = setInterval(() => request.onProgress(scanner.records), 1000);
  try {
    await through(source, scanner, destination);
    const codes = await ends;
    if (codes.some((code) => code !== 0)) {
      throw new Error(`The sync failed: source ${codes[0]}, destination ${codes[1]}.`);
    }
    return {records: scanner.records, state: await states};
  } finally {
    clearInterval(timer);
  }
}

function writeDocuments(
  request: SyncRequest,
): Record<'sourceConfig' | 'destinationConfig' | 'catalog' | 'state', string> {
  mkdirSync(request.folder, {recursive: true});
  const write = (name: string, content: unknown): string => {
    const file = path.join(request.folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(content, null, 2));
    return file;
  };
  return {
    sourceConfig: write('source-config', request.sourceConfig),
    destinationConfig: write('destination-config', request.destinationConfig),
    catalog: write('catalog', request.catalog),
    state: write('state', request.state ?? []),
  };
}

function start(program: Program, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [executable(program), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // States often, so that the progress shown is the truth and not an estimate.
    env: {...process.env, CHECKPOINT_INTERVAL_SECONDS: '1'},
  });
}

async function exitCode(child: ChildProcess): Promise<number | string | null> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return code ?? signal;
}

async function through(
  source: ChildProcess,
  scanner: LineScanner,
  destination: ChildProcess,
): Promise<void> {
  if (source.stdout === null || destination.stdin === null) return;
  const look = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      scanner.feed(chunk);
      done(null, chunk);
    },
  });
  source.stdin?.end();
  await pipeline(source.stdout, look, destination.stdin);
}

async function acknowledgedStates(destination: ChildProcess): Promise<unknown[]> {
  const last = new Map<string, unknown>();
  const scanner = new LineScanner((message) => {
    if (message['type'] === 'STATE') {
      const {stream} = message['state'] as {stream: {stream_descriptor: unknown}};
      last.set(JSON.stringify(stream.stream_descriptor), message['state']);
    }
    if (message['type'] === 'TRACE') {
      process.stderr.write(`${JSON.stringify(message)}\n`);
    }
  });
  destination.stdout?.on('data', (chunk: Buffer) => {
    scanner.feed(chunk);
  });
  if (destination.stdout !== null) await once(destination.stdout, 'close');
  return [...last.values()];
}
