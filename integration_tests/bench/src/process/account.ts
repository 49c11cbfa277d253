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
/** Ticks of the clock in which Linux counts a thread's time, the same everywhere. */
const TICKS_A_SECOND = 100;

function writeAccount(): void {
  const {user, system} = process.cpuUsage();
  const status = readFileSync('/proc/self/status', 'latin1');
  const peakKiB = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]);
  const account = {
    cpuSeconds: (user + system) / 1e6,
    mainThreadSeconds: mainThreadSeconds(),
    peakBytes: peakKiB * 1024,
  };
  writeSync(ACCOUNT_DESCRIPTOR, JSON.stringify(account));
}

/** User and system time of the thread that runs the main module. */
function mainThreadSeconds(): number {
  const stat = readFileSync(`/proc/self/task/${process.pid}/stat`, 'latin1');
  // The name stands in parentheses and may hold blanks; times are the 12th and 13th behind.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

// Worker threads load this too, and must not speak for the process.
if (isMainThread) process.on('exit', writeAccount);
