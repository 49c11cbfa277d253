import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';

import {PROGRAMS} from './program';

interface Greeting {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** A PI simulator in its own process; a stand-in for PI Web API. */
export interface Plant extends Greeting, AsyncDisposable {
  /** A config of source-pi for this plant, its history beginning a day ago. */
  config(more?: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

/** The plant's clock, and the begin of what configs ask for. */
export const NOW = '2026-03-02T06:00:00Z';
export const START = '2026-03-01T06:00:00Z';
const SIZE = ['--points', '12', '--history-days', '1'];

/** Options of the simulator's `truth` for what `startPlant` serves and `config` asks. */
export const HISTORY = [...SIZE, '--now', NOW, '--from', START, '--to', NOW];

const PASSWORD = 'Sup3r-geheim/42';

/** Starts the simulator on a free port, with twelve points and a day of history. */
export async function startPlant(args: readonly string[] = []): Promise<Plant> {
  const child = spawn(
    process.execPath,
    [
      ...[PROGRAMS.simulator, 'serve', ...SIZE, ...args],
      ...['--now', NOW, '--password', PASSWORD],
    ],
    {stdio: ['ignore', 'pipe', 'ignore']},
  );
  const lines = createInterface({input: child.stdout});
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => ['{}']),
  ])) as [string];
  const greeting = JSON.parse(line) as Greeting;
  const exited = once(child, 'exit');
  return {
    ...greeting,
    config: (more = {}) => ({...configOf(greeting), ...more}),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await exited;
    },
  };
}

function configOf({url, username, password}: Greeting): Record<string, unknown> {
  return {
    base_url: url,
    credentials: {auth_type: 'basic', username, password},
    start_date: START,
    settle_seconds: 0,
  };
}
