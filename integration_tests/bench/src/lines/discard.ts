/**
 * The reader at the end of every measured pipe: keeps nothing. `discard` counts the
 * messages, `discard bytes` their bytes alone, and both say the counts at the end.
 */
import {readSync} from 'node:fs';

import {LineCounter} from './line-counter';

const STDIN = 0;
const countsBytes = process.argv[2] === 'bytes';
// Blocking reads: a stream would wake a thread and the main loop for every 64 KB.
const chunk = Buffer.allocUnsafe(256 * 1024);
const counter = new LineCounter();
let length = 0;
for (;;) {
  const bytes = readSync(STDIN, chunk);
  if (bytes === 0) break;
  length += bytes;
  if (!countsBytes) counter.push(chunk.subarray(0, bytes));
}
process.stdout.write(JSON.stringify(countsBytes ? {bytes: length} : counter.counts()));
