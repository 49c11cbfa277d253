import {spawn, type ChildProcess} from 'node:child_process';
import fs from 'node:fs';
import net, {type AddressInfo} from 'node:net';
import path from 'node:path';

import {installSpark, SPARK_FILES} from './install';
import {javaOptions} from './java-options';

/** A running Spark with Delta. */
export interface Spark {
  /** Where its Thrift server listens, over http. */
  readonly port: number;
  /** The most memory it has held so far; undefined where the system does not tell. */
  maxRssBytes(): number | undefined;
  /** Ends it and waits until it has gone. */
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 10_000;
const POLL_MS = 100;

/**
 * Installs Spark where it is missing and starts it; resolves when it listens. It writes
 * under `folder` only, tables under `folder/warehouse`, and ends with this process.
 */
export async function startSpark(folder: string): Promise<Spark> {
  const {classPath} = installSpark();
  for (const name of ['tmp', 'warehouse'])
    fs.mkdirSync(path.join(folder, name), {recursive: true});
  const port = await freePort();
  const logFile = path.join(folder, 'spark.log');
  const log = fs.openSync(logFile, 'a');
  const settings = path.join(SPARK_FILES, 'spark.properties');
  const java = spawn(
    'java',
    [...javaOptions(folder, port), '-cp', classPath, 'lake.LakeServer', settings],
    {cwd: folder, stdio: ['pipe', log, log]},
  );
  fs.closeSync(log);
  await listening(java, port, logFile);
  return {
    port,
    maxRssBytes: () => peakMemory(java.pid),
    stop: () => stop(java),
  };
}

/** Resolves when somebody listens there; rejects when the process has ended before. */
async function listening(
  java: ChildProcess,
  port: number,
  logFile: string,
): Promise<void> {
  let failure: Error | undefined;
  java.once('error', (error) => (failure = error));
  while (!(await accepts(port))) {
    if (failure !== undefined) throw failure;
    if (hasEnded(java))
      throw new Error(
        `Spark did not start.\n${tail(fs.readFileSync(logFile, 'utf8'))}`,
      );
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function stop(java: ChildProcess): Promise<void> {
  if (hasEnded(java)) return;
  const ended = new Promise((resolve) => java.once('exit', resolve));
  const force = setTimeout(() => java.kill('SIGKILL'), STOP_WITHIN_MS);
  java.kill('SIGTERM');
  await ended;
  clearTimeout(force);
}

function hasEnded({exitCode, signalCode}: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function peakMemory(pid: number | undefined): number | undefined {
  const file = `/proc/${pid ?? 0}/status`;
  if (!fs.existsSync(file)) return undefined;
  const kib = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(file, 'utf8'))?.[1];
  return kib === undefined ? undefined : Number(kib) * 1024;
}

function tail(text: string): string {
  return text.split('\n').slice(-40).join('\n');
}
