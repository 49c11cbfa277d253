import {once} from 'node:events';

import {readCommand, type Command} from './command-line';
import {UsageError} from './plant/usage-error';
import {buildScene} from './scene';
import {startSimulator} from './simulator';
import {truthLines} from './truth/records';

/** Runs the command line until it is done; `serve` runs until it is told to stop. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    const command = readCommand(args);
    await (command.name === 'serve' ? serve(command) : account(command));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

async function serve({options}: Command & {name: 'serve'}): Promise<void> {
  const simulator = await startSimulator(options);
  const {url, username, password, historyStart} = simulator;
  const started = {
    url,
    username,
    password,
    now: simulator.now(),
    history_start: historyStart,
    ca_certificate: simulator.certificate,
  };
  process.stdout.write(`${JSON.stringify(started)}\n`);
  const stop = (signal: string): void => {
    process.stderr.write(`Stopped by ${signal}.\n`);
    void simulator.close();
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
}

/** Writes the truth as fast as the reader takes it, and no faster. */
async function account({
  options,
  stream,
  window,
}: Command & {name: 'truth'}): Promise<void> {
  for (const piece of truthLines(buildScene(options), stream, window)) {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  }
}
