/** Writes a file into a pipe: `feed FILE`. Blocks like `cat`, and is not measured. */
import {openSync, readSync, writeSync} from 'node:fs';

const STDOUT = 1;
const chunk = Buffer.allocUnsafe(256 * 1024);
const file = openSync(process.argv[2] ?? '', 'r');
for (;;) {
  const bytes = readSync(file, chunk);
  if (bytes === 0) break;
  for (let written = 0; written < bytes;) {
    written += writeSync(STDOUT, chunk, written, bytes - written);
  }
}
