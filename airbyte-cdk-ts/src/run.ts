/* eslint-disable @typescript-eslint/no-require-imports -- The frame is loaded when a
   connector runs, so that a worker that needs an error class does without it. */
import type {DestinationConnector} from './destination/destination-connector';
import type * as Frame from './faros';
import type {SourceConnector} from './source/source-connector';

/**
 * The `main` of a source: reads the command line, runs the command, and ends the process,
 * with exit code 0 only if all was done.
 */
export function runSource<Config>(connector: SourceConnector<Config>): Promise<void> {
  const {runSource: run} = require('./faros') as typeof Frame;
  return run(connector);
}

/**
 * The `main` of a destination: reads the command line, runs the command, and ends the
 * process, with exit code 0 only if all was done.
 */
export function runDestination<Config>(
  connector: DestinationConnector<Config>,
): Promise<void> {
  const {runDestination: run} = require('./faros') as typeof Frame;
  return run(connector);
}
