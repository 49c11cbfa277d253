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

import {inputChunks} from './standard-input';

/** Part of every POSIX system; Node itself cannot make a pipe with two ends. */
const MAKE_FIFO = 'mkfifo';

describe('inputChunks', () => {
  it('gives all bytes of a pipe in their order, out of one buffer', async () => {
    const text = Array.from({length: 60_000}, (_, n) => `line ${n}\n`).join('');
    const {descriptor, child} = pipeFrom(`process.stdout.write(${LINES})`);
    const buffers = new Set<ArrayBufferLike>();
    let read = '';

    const never = new AbortController().signal;
    for await (const chunk of inputChunks(new Socket(), descriptor, never)) {
      buffers.add(chunk.buffer);
      read += chunk.toString();
      await new Promise((turn) => setImmediate(turn));
    }

    expect(read === text).toBe(true);
    expect(buffers.size).toBe(1);
    child.kill();
  });

  it('ends when the signal is given, although the pipe stays open', async () => {
    const {descriptor, child} = pipeFrom(
      `process.stdout.write('a'); setTimeout(() => 0, 60_000)`,
    );
    const controller = new AbortController();
    const read: string[] = [];

    for await (const chunk of inputChunks(
      new Socket(),
      descriptor,
      controller.signal,
    )) {
      read.push(chunk.toString());
      setImmediate(() => controller.abort());
    }

    expect(read).toEqual(['a']);
    child.kill();
  });

  it('reads what is no pipe as a stream, up to the signal', async () => {
    const controller = new AbortController();
    const input = new PassThrough();
    input.write('a');
    const read: string[] = [];

    const all = (async () => {
      for await (const chunk of inputChunks(input, 0, controller.signal)) {
        read.push(chunk.toString());
        controller.abort();
      }
    })();

    await expect(all).rejects.toThrow('Premature close');
    expect(read).toEqual(['a']);
    expect(Readable.isDisturbed(input)).toBe(true);
  });
});

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
