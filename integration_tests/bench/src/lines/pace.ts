/**
 * The reader at the end of a long journey: `pace RECORDS`. Counts, keeps nothing, and
 * notes the time whenever so many further records have come.
 */
import {readSync} from 'node:fs';

import {LineCounter, type LineCounts} from './line-counter';

/** What came, and when. */
export interface Pace extends LineCounts {
  /** Seconds since the first record; the first mark is 0, then one for each part. */
  readonly marks: readonly number[];
}

const STDIN = 0;
const part = Number(process.argv[2]);
const counter = new LineCounter();
const chunk = Buffer.allocUnsafe(256 * 1024);
const times: number[] = [];
for (;;) {
  const bytes = readSync(STDIN, chunk);
  if (bytes === 0) break;
  counter.push(chunk.subarray(0, bytes));
  while (counter.records > 0 && counter.records >= times.length * part) {
    times.push(performance.now());
  }
}
const marks = times.map((time) => (time - (times[0] ?? 0)) / 1000);
const pace: Pace = {...counter.counts(), marks};
process.stdout.write(JSON.stringify(pace));
