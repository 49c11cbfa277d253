import {rmSync} from 'node:fs';

import {BenchError} from '../bench-error';
import {runPipeline, type Outcome} from '../process/run';
import {discard} from '../products/programs';
import {destinationWrite, proveCommitted} from './destination-write';
import type {ServedHistory} from './history';

/** What both connectors used in one pipe. */
export interface Piped {
  readonly source: Outcome;
  readonly destination: Outcome;
}

/**
 * Runs `source-pi | destination-unity` into a lake at this place, counts its rows and
 * takes it away.
 */
export async function runPiped(
  {read, history}: ServedHistory,
  lake: string,
): Promise<Piped> {
  const write = destinationWrite(lake, history);
  const [source, destination] = await runPipeline([read, write, discard()]);
  if (source === undefined || destination === undefined) {
    throw new BenchError('The pipe did not run.');
  }
  await proveCommitted(lake, history);
  rmSync(lake, {recursive: true});
  return {source, destination};
}
