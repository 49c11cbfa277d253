import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';

import {executable} from './executables';

/** What describes a plant completely; server and truth are started with the same. */
export interface Plant {
  readonly points: number;
  readonly seed: number;
  /** Where every point's history begins. */
  readonly start: string;
}

/** A simulator in its own process. */
export interface RunningSimulator extends AsyncDisposable {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly now: string;
  /** Moves the plant's clock; events up to then come into being. */
  setClock(now: string): Promise<void>;
}

interface Greeting {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly now: string;
}

export function plantArguments({points, seed, start}: Plant): string[] {
  return ['--seed', `${seed}`, '--points', `${points}`, '--history-start', start];
}

/** Starts the PI simulator on a free port; its first line says where it listens. */
export async function startSimulator(
  plant: Plant,
  now: string,
): Promise<RunningSimulator> {
  const child = spawn(
    process.execPath,
    [executable('pi-simulator'), 'serve', ...plantArguments(plant), '--now', now],
    {stdio: ['ignore', 'pipe', 'inherit']},
  );
  const lines = createInterface({input: child.stdout});
  const first = await Promise.race([
    once(lines, 'line').then(([line]: unknown[]) => String(line)),
    once(child, 'exit').then(() => undefined),
  ]);
  if (first === undefined) throw new Error('The simulator did not start.');
  const greeting = JSON.parse(first) as Greeting;
  const exited = once(child, 'exit');
  return {
    ...greeting,
    setClock: (time) => setClock(greeting, time),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await exited;
    },
  };
}

async function setClock(
  {url, username, password}: Greeting,
  now: string,
): Promise<void> {
  const answer = await fetch(new URL('/simulator/clock', url), {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
      'x-requested-with': 'demo',
    },
    body: JSON.stringify({now}),
  });
  if (!answer.ok) throw new Error(`The simulator refused the clock: ${answer.status}`);
}
