import {closeSync, openSync} from 'node:fs';

import {BenchError} from '../bench-error';
import type {LineCounts} from '../lines/line-counter';
import {runPipeline, type Command, type Outcome} from '../process/run';
import {discard, discardBytes} from '../products/programs';
import {sampleOf, type Run} from './sample';

/**
 * Runs a reader before a pipe that counts and discards.
 *
 * @param expected Records it must emit; rejects with a `BenchError` for any other number.
 */
export async function readCounted(
  command: Command,
  expected?: number,
): Promise<Run & Emitted> {
  const {used, said} = await readInto(discard(), command);
  const {records, bytes, remarks, stateBytes} = JSON.parse(said) as LineCounts;
  if (records === (expected ?? records)) {
    return {...sampleOf(used, records), stateBytes, bytes};
  }
  const wrong = `${command.name} emitted ${records} records instead of ${expected ?? 0}.`;
  throw new BenchError([wrong, ...remarks].join('\n'));
}

/** What a command emits whenever it runs. */
export interface Emitted {
  readonly records: number;
  /** Of all its messages. */
  readonly bytes: number;
}

/** Every record is longer; messages that tell a time differ by less. */
const FEW_BYTES = 200;

/**
 * Runs a reader whose messages were counted before, in front of a pipe that discards:
 * counting them again would take a good part of the second core. Rejects with a
 * `BenchError` where they are not as long as they were.
 */
export async function readDiscarded(command: Command, known: Emitted): Promise<Run> {
  const {used, said} = await readInto(discardBytes(), command);
  const {bytes} = JSON.parse(said) as Pick<LineCounts, 'bytes'>;
  if (Math.abs(bytes - known.bytes) < FEW_BYTES) return sampleOf(used, known.records);
  throw new BenchError(
    `${command.name} emitted ${bytes} bytes instead of ${known.bytes}.`,
  );
}

interface ReadOut {
  readonly used: Outcome;
  /** What the end of the pipe said. */
  readonly said: string;
}

async function readInto(end: Command, command: Command): Promise<ReadOut> {
  const [used, {said} = {said: ''}] = await runPipeline([command, end]);
  if (used === undefined) throw new BenchError(`${command.name} did not run.`);
  return {used, said};
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
