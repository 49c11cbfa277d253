/** The reader at the end of every measured pipe: counts, keeps nothing, says the counts. */
import {LineCounter} from './line-counter';

const counter = new LineCounter();
process.stdin.on('data', (chunk: Buffer) => counter.push(chunk));
process.stdin.on('end', () => process.stdout.write(JSON.stringify(counter.counts())));
