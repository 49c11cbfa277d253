import {closeSync, openSync} from 'node:fs';

import {BenchError} from '../bench-error';
import type {LineCounts} from '../lines/line-counter';
import {runPipeline, type Command} from '../process/run';
import {discard} from '../products/programs';
import {sampleOf, type Run} from './sample';

/**
 * Runs a reader before a pipe that counts and discards.
 *
 * @param expected Records it must emit; rejects with a `BenchError` for any other number.
 */
export async function readCounted(command: Command, expected?: number): Promise<Run> {
  const [reader, counter] = await runPipeline([command, discard()]);
  if (reader === undefined || counter === undefined) {
    throw new BenchError(`${command.name} did not run.`);
  }
  const {records, remarks, stateBytes} = JSON.parse(counter.said) as LineCounts;
  if (records === (expected ?? records)) {
    return {...sampleOf(reader, records), stateBytes};
  }
  const wrong = `${command.name} emitted ${records} records instead of ${expected ?? 0}.`;
  throw new BenchError([wrong, ...remarks].join('\n'));
}

/** Runs a command with its messages in a file, for judging them. */
export async function writeLines(command: Command, path: string): Promise<void> {
  const output = openSync(path, 'w');
  try {
    await runPipeline([command], output);
  } finally {
    closeSync(output);
  }
}
