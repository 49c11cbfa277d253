import {readFileSync} from 'node:fs';

import {ConfigError} from '../errors';
import {configuredCatalog} from './configured-catalog';
import {keepState} from './keep-state';

/** `keep-state FILE`: what a destination prints comes in, all but the states goes out. */
export async function keepStateMain(args: readonly string[]): Promise<void> {
  const [file, ...more] = args;
  await ended(async () => {
    if (file === undefined || more.length > 0) {
      throw new ConfigError('Usage: destination write … | keep-state FILE');
    }
    await keepState({input: process.stdin, output: process.stdout, file});
  });
}

/** `configured-catalog [STREAM ...]`: what `discover` prints comes in, a catalog goes out. */
export async function configuredCatalogMain(args: readonly string[]): Promise<void> {
  await ended(() => {
    const lines = readFileSync(0, 'utf8').split('\n');
    process.stdout.write(
      `${JSON.stringify(configuredCatalog(lines, args), null, 2)}\n`,
    );
    return Promise.resolve();
  });
}

async function ended(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : 'Failed.'}\n`);
    process.exitCode = 1;
  }
}
