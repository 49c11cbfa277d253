import {existsSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import type {Command} from '../process/run';

/** The checkout. */
export const ROOT = join(__dirname, '../../../..');

const EXECUTABLES = {
  'source-pi': 'sources/pi/bin/source-pi',
  'destination-unity': 'destination-unity/bin/destination-unity',
  'pi-simulator': 'integration_tests/pi-simulator/bin/pi-simulator',
} as const;

/** An executable of this repository. */
export type Executable = keyof typeof EXECUTABLES;

/** A command of one of the repository's own executables. */
export function executable(name: Executable, ...args: readonly string[]): Command {
  const script = join(ROOT, EXECUTABLES[name]);
  if (!existsSync(script)) throw new BenchError(`${EXECUTABLES[name]} is missing.`);
  return {name, script, args};
}

/** A command of one of the bench's own programs, by its resolved path. */
export function program(script: string, ...args: readonly string[]): Command {
  const name = /([^/]+)\.[jt]s$/.exec(script)?.[1] ?? script;
  return {name, script, args};
}

/** Reads messages at the end of a pipe and says how many there were. */
export const discard = (): Command => program(require.resolve('../lines/discard'));

/** Reads messages at the end of a pipe and says how many bytes there were. */
export const discardBytes = (): Command =>
  program(require.resolve('../lines/discard'), 'bytes');

/** Writes a file into a pipe. */
export const feed = (path: string): Command =>
  program(require.resolve('../lines/feed'), path);
