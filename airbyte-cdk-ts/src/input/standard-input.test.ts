import {
  execFileSync,
  spawn,
  type ChildProcess,
  type StdioOptions,
} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, rmSync} from 'node:fs';
import {Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough, Readable} from 'node:stream';

import {TransientError} from '../errors';
import type {Chunk, ChunkInput} from './chunk-input';
import {inputChunks} from './standard-input';

/** Part of every POSIX system; Node itself cannot make a pipe with two ends. */
const MAKE_FIFO = 'mkfifo';

describe('inputChunks', () => {
  it('gives all bytes of a pipe in their order, out of one buffer', async () => {
    const text = Array.from({length: 60_000}, (_, n) => `line ${n}\n`).join('');
    const {descriptor, child} = pipeFrom(`process.stdout.write(${LINES})`);
    const buffers = new Set<Buffer>();
    let read = '';

    await inputChunks(new Socket(), descriptor, NEVER).each((chunk) => {
      buffers.add(chunk.buffer);
      read += textOf(chunk);
      // Some chunks take their time.
      return read.length % 2 === 0 || new Promise((go) => setImmediate(go, true));
    });

    expect(read === text).toBe(true);
    expect(buffers.size).toBe(1);
    child.kill();
  });

  it('leaves alone what its user puts before the chunks of a pipe', async () => {
    const {descriptor, child} = pipeFrom(`process.stdout.write(${LINES})`);
    const before: string[] = [];

    await inputChunks(new Socket(), descriptor, NEVER).each(({buffer, start}) => {
      before.push(buffer.toString('latin1', 0, 4));
      buffer.fill('mine', 0, start);
      return true;
    });

    expect(new Set(before.slice(1))).toEqual(new Set(['mine']));
    child.kill();
  });

  it('reads no more of a pipe once its user has had enough', async () => {
    const {descriptor, child} = pipeFrom(
      `process.stdout.write('a'); setTimeout(() => 0, 60_000)`,
    );

    const read = await readUntil(inputChunks(new Socket(), descriptor, NEVER), false);

    expect(read).toEqual(['a']);
    child.kill();
  });

  it.each([
    ['throws', () => raise()],
    ['rejects', () => Promise.resolve().then(raise)],
  ])('fails with what the use of a chunk %s', async (_, use) => {
    const {descriptor, child} = pipeFrom(
      `process.stdout.write('a'); setTimeout(() => 0, 60_000)`,
    );

    const all = inputChunks(new Socket(), descriptor, NEVER).each(use);

    await expect(all).rejects.toThrow('no use for it');
    child.kill();
  });

  it('ends when the signal is given, although the pipe stays open', async () => {
    const {descriptor, child} = pipeFrom(
      `process.stdout.write('a'); setTimeout(() => 0, 60_000)`,
    );
    const controller = new AbortController();
    const read: string[] = [];

    await inputChunks(new Socket(), descriptor, controller.signal).each((chunk) => {
      read.push(textOf(chunk));
      setImmediate(() => controller.abort());
      return true;
    });

    expect(read).toEqual(['a']);
    child.kill();
  });

  it('waits for the chunk in use when the signal is given', async () => {
    const {descriptor, child} = pipeFrom(
      `process.stdout.write('a'); setTimeout(() => 0, 60_000)`,
    );
    const controller = new AbortController();
    let isUsed = false;

    await inputChunks(new Socket(), descriptor, controller.signal).each(async () => {
      controller.abort();
      await new Promise((go) => setTimeout(go, 20));
      isUsed = true;
      return true;
    });

    expect(isUsed).toBe(true);
    child.kill();
  });

  it('reads nothing once the signal has been given', async () => {
    const {descriptor, child} = pipeFrom(`process.stdout.write('a')`);

    const input = inputChunks(new Socket(), descriptor, AbortSignal.abort());

    expect(await readUntil(input, true)).toEqual([]);
    child.kill();
  });

  it('reads what is no pipe as a stream, up to the signal', async () => {
    const controller = new AbortController();
    const input = new PassThrough();
    input.write('a');
    const read: string[] = [];

    const all = inputChunks(input, 0, controller.signal).each((chunk) => {
      read.push(textOf(chunk));
      controller.abort();
      return true;
    });

    await expect(all).rejects.toThrow('Premature close');
    expect(read).toEqual(['a']);
    expect(Readable.isDisturbed(input)).toBe(true);
  });

  it('asks a stream for no more once its user has had enough', async () => {
    const input = Readable.from([Buffer.from('a'), Buffer.from('b')]);

    expect(await readUntil(inputChunks(input, 0, NEVER), false)).toEqual(['a']);
  });
});

const NEVER = new AbortController().signal;

function textOf({buffer, start, end}: Chunk): string {
  return buffer.toString('utf8', start, end);
}

function raise(): never {
  throw new TransientError('no use for it');
}

/** What an input gives when every use of a chunk says this. */
async function readUntil(input: ChunkInput, isMoreWanted: boolean): Promise<string[]> {
  const read: string[] = [];
  await input.each((chunk) => {
    read.push(textOf(chunk));
    return isMoreWanted;
  });
  return read;
}

const LINES = 'Array.from({length: 60_000}, (_, n) => `line ${n}\\n`).join("")';

interface PipeEnd {
  readonly descriptor: number;
  readonly child: ChildProcess;
}

/** The read end of a pipe of the system, into which a program writes. */
function pipeFrom(program: string): PipeEnd {
  const folder = mkdtempSync(join(tmpdir(), 'input-'));
  const path = join(folder, 'pipe');
  execFileSync(MAKE_FIFO, [path]);
  // It opens at once when its other end is open; `r+` is both ends.
  const both = openSync(path, 'r+');
  const descriptor = openSync(path, 'r');
  const writeEnd = openSync(path, 'w');
  const stdio: StdioOptions = ['ignore', writeEnd, 'inherit'];
  const child = spawn(process.execPath, ['-e', program], {stdio});
  closeSync(both);
  closeSync(writeEnd);
  rmSync(folder, {recursive: true});
  return {descriptor, child};
}
