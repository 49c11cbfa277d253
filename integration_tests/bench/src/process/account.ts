/**
 * Loaded before the main module of a measured process (`node --require`). As the process
 * ends it writes what the whole of it has used, all threads included, to descriptor 3.
 *
 * `ru_maxrss` is no help for the peak: a process inherits that of the process which
 * forked it. `VmHWM` begins anew with each program.
 */
import {readFileSync, writeSync} from 'node:fs';
import {isMainThread} from 'node:worker_threads';

const ACCOUNT_DESCRIPTOR = 3;

function writeAccount(): void {
  const {user, system} = process.cpuUsage();
  const status = readFileSync('/proc/self/status', 'latin1');
  const peakKiB = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]);
  const account = {cpuSeconds: (user + system) / 1e6, peakBytes: peakKiB * 1024};
  writeSync(ACCOUNT_DESCRIPTOR, JSON.stringify(account));
}

// Worker threads load this too, and must not speak for the process.
if (isMainThread) process.on('exit', writeAccount);
