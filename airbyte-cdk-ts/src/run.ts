/* eslint-disable @typescript-eslint/no-require-imports -- What a command does not need is
   not loaded: neither by it, nor by a worker that needs an error class alone. */
import type {DestinationConnector} from './destination/destination-connector';
import type * as Frame from './faros';
import type * as Process from './process/connector-process';
import type {JsonObject} from './protocol/json';
import type {SourceConnector} from './source/source-connector';
import {type About, destinationSpec, sourceSpec} from './specification/spec-message';

/**
 * The `main` of a source: reads the command line, runs the command, and ends the process,
 * with exit code 0 only if all was done.
 *
 * @param load Called only by commands that need more than `about`.
 */
export function runSource<Config>(
  about: About,
  load: () => SourceConnector<Config>,
): Promise<void> {
  if (isSpecAlone(process.argv)) return answerSpec(() => sourceSpec(about));
  const {runSource: run} = require('./faros') as typeof Frame;
  return run(load());
}

/**
 * The `main` of a destination: reads the command line, runs the command, and ends the
 * process, with exit code 0 only if all was done.
 *
 * @param load Called only by commands that need more than `about`.
 */
export function runDestination<Config>(
  about: About,
  load: () => DestinationConnector<Config>,
): Promise<void> {
  if (isSpecAlone(process.argv)) return answerSpec(() => destinationSpec(about));
  const {runDestination: run} = require('./faros') as typeof Frame;
  return run(load());
}

/** Anything beside the one word is for the frame to understand. */
function isSpecAlone([, , ...words]: readonly string[]): boolean {
  return words.length === 1 && words[0] === 'spec';
}

/** As the frame would, without loading it: platforms ask often and wait for it. */
function answerSpec(spec: () => Record<string, unknown>): Promise<void> {
  const {ConnectorProcess} = require('./process/connector-process') as typeof Process;
  const own = new ConnectorProcess(process.argv);
  const {emitter} = own.surroundings;
  own.takeOver();
  return own.run(() => {
    emitter.answer('SPEC', {spec: spec() as JsonObject});
    return Promise.resolve(true);
  });
}
