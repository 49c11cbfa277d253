/** The reader at the end of every measured pipe: counts, keeps nothing, says the counts. */
import {readSync} from 'node:fs';

import {LineCounter} from './line-counter';

const STDIN = 0;
const counter = new LineCounter();
// Blocking reads: a stream would wake a thread and the main loop for every 64 KB.
const chunk = Buffer.allocUnsafe(256 * 1024);
for (;;) {
  const bytes = readSync(STDIN, chunk);
  if (bytes === 0) break;
  counter.push(chunk.subarray(0, bytes));
}
process.stdout.write(JSON.stringify(counter.counts()));
