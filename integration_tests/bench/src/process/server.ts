import {type ChildProcess, spawn} from 'node:child_process';
import {createInterface} from 'node:readline';

import {BenchError} from '../bench-error';
import type {Command} from './run';
import {tied} from './tied';

/** A neighbour that runs beside the measured programs, until it is disposed of. */
export interface Server<Hello> extends AsyncDisposable {
  /** What its first line said, such as where it listens. */
  readonly hello: Hello;
}

/** Starts a program whose first line on standard output is JSON, and waits for the line. */
export async function startServer<Hello>({
  name,
  script,
  args,
}: Command): Promise<Server<Hello>> {
  const child = tied(
    spawn(process.execPath, [script, ...args], {stdio: ['ignore', 'pipe', 'inherit']}),
  );
  const exit = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const hello = (await firstLine(name, child)) as Hello;
  return {
    hello,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await exit;
    },
  };
}

function firstLine(name: string, child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      reject(
        new BenchError(`${name} ended with ${code ?? 'a signal'} before it was ready.`),
      );
    });
    child.once('error', reject);
    if (child.stdout === null) return;
    const lines = createInterface({input: child.stdout});
    lines.once('line', (line) => resolve(JSON.parse(line)));
    // Whatever it says later is read and dropped, so that it never blocks on a full pipe.
    lines.on('line', () => undefined);
  });
}
