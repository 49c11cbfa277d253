import {existsSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import type {Readable, Writable} from 'node:stream';

import {ConfigError} from '../errors';
import {isJsonObject, objectMember, type Json, type JsonObject} from '../protocol/json';
import {KeptStates} from './kept-states';

/** What a run needs from outside. */
export interface KeepStateOptions {
  /** What a destination prints. */
  readonly input: Readable;
  /** Where everything but the states goes on to. */
  readonly output: Writable;
  /** The state file; made where it is missing. */
  readonly file: string;
}

/**
 * Keeps the states that a destination acknowledges in a file, for the next `--state`.
 * The file is whole at every moment: a new one takes the place of the old in one step.
 *
 * Rejects with a `ConfigError` where the file holds something else than states.
 */
export async function keepState({
  input,
  output,
  file,
}: KeepStateOptions): Promise<void> {
  const states = new KeptStates(read(file));
  for await (const line of createInterface({input})) {
    const state = stateOf(line);
    if (state === undefined) {
      output.write(`${line}\n`);
      continue;
    }
    states.take(state);
    const beside = `${file}.new`;
    writeFileSync(beside, `${JSON.stringify(states.document())}\n`);
    renameSync(beside, file);
  }
}

function read(file: string): Json {
  if (!existsSync(file)) return [];
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Json;
  } catch {
    throw new ConfigError(`The state file ${file} is not JSON.`);
  }
}

/** The state in a STATE message; undefined for every other line, also a broken one. */
function stateOf(line: string): JsonObject | undefined {
  if (!line.includes('"STATE"')) return undefined;
  try {
    const message = JSON.parse(line) as Json;
    if (!isJsonObject(message) || message['type'] !== 'STATE') return undefined;
    return objectMember(message, 'state');
  } catch {
    return undefined;
  }
}
