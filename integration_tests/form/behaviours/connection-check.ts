import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {text} from 'node:stream/consumers';

import {type Connector} from '../src/connectors';

const ROOT = path.join(__dirname, '..', '..', '..');
const PROGRAMS: Readonly<Record<Connector, string>> = {
  'source-pi': 'sources/pi/bin/source-pi',
  'destination-unity': 'destination-unity/bin/destination-unity',
};

/** What `check` answered. */
export interface ConnectionStatus {
  readonly status: string;
  readonly message?: string;
}

/** Hands a configuration to the connector itself and asks it to try the connection. */
export async function connectionStatus(
  connector: Connector,
  config: unknown,
  folder: string,
): Promise<ConnectionStatus> {
  const file = path.join(fs.mkdtempSync(path.join(folder, 'check-')), 'config.json');
  fs.writeFileSync(file, JSON.stringify(config));
  const child = spawn(
    process.execPath,
    [path.join(ROOT, PROGRAMS[connector]), 'check', '--config', file],
    {stdio: ['ignore', 'pipe', 'inherit']},
  );
  const lines = (await text(child.stdout)).split('\n').filter((line) => line !== '');
  const messages = lines.map(
    (line) => JSON.parse(line) as {connectionStatus?: ConnectionStatus},
  );
  const told = messages.find(({connectionStatus: status}) => status !== undefined);
  return told?.connectionStatus ?? {status: 'NONE', message: lines.join('\n')};
}

/** A PI simulator, and how to sign in there. */
export interface RunningSimulator extends AsyncDisposable {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** Starts a simulator of a small plant in a process of its own, on a free port. */
export async function startSimulator(): Promise<RunningSimulator> {
  const program = path.join(ROOT, 'integration_tests/pi-simulator/bin/pi-simulator');
  const child = spawn(
    process.execPath,
    [program, 'serve', '--now', '2026-03-02T06:00:00Z', '--points', '4'],
    {stdio: ['ignore', 'pipe', 'ignore']},
  );
  const ended = once(child, 'exit');
  const [greeting] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    ...(JSON.parse(greeting) as Omit<RunningSimulator, typeof Symbol.asyncDispose>),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}
