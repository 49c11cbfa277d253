import {execFileSync} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Both ends of a pipe, as file descriptors of this process. */
export interface Pipe {
  readonly readEnd: number;
  readonly writeEnd: number;
}

/** Part of every POSIX system; Node itself cannot make one. */
const MAKE_FIFO = 'mkfifo';

/**
 * A pipe of the kernel, as a shell's `|` makes it. Node's own `stdio: 'pipe'` is a pair
 * of sockets with other buffers, so connectors would not be measured as they run.
 */
export function openPipe(): Pipe {
  const folder = mkdtempSync(join(tmpdir(), 'bench-pipe-'));
  const path = join(folder, 'fifo');
  try {
    execFileSync(MAKE_FIFO, [path]);
    // A FIFO opens at once when its other end is open; `r+` is both ends.
    const both = openSync(path, 'r+');
    const pipe = {readEnd: openSync(path, 'r'), writeEnd: openSync(path, 'w')};
    closeSync(both);
    return pipe;
  } finally {
    rmSync(folder, {recursive: true});
  }
}
