import {execFile, spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {mkdtempSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';

import {argumentsOf} from './documents';
import type {Command, ImageFacts, Runner} from './runner';
import {supervise} from './supervise';

interface ImageOptions {
  readonly work: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Folders that the container has under the same path. */
  readonly mounts?: readonly string[];
  /** `docker`, or what understands its commands. */
  readonly engine: string;
}

/** Where a container has the documents, as on Airbyte's platform. */
const DOCUMENTS = '/secrets';

/**
 * A connector in a container image: read-only root, no capability, not root, the host's
 * network (whose loopback has the servers of the tests).
 */
export function image(
  name: string,
  {work, environment = {}, mounts = [], engine}: ImageOptions,
): Runner {
  return {
    name,
    image: () => inspected(engine, name),
    run: (command: Command) => {
      const folder = mkdtempSync(path.join(work, `${command.command}-`));
      const documents = path.join(folder, 'documents');
      const args = argumentsOf(command, documents, DOCUMENTS);
      const container = `acceptance-${randomUUID()}`;
      const variables = Object.entries({...environment, ...command.environment});
      const child = spawn(engine, [
        ...['run', '--rm', '-i', '--name', container, '--network', 'host'],
        ...['--read-only', '--cap-drop', 'all'],
        ...['--security-opt', 'no-new-privileges', '--user', '1000:1000'],
        ...['-v', `${documents}:${DOCUMENTS}:ro`, '-w', DOCUMENTS],
        ...mounts.flatMap((place) => ['-v', `${place}:${place}`]),
        ...variables.flatMap(([key, value]) => ['-e', `${key}=${value}`]),
        ...[name, ...args],
      ]);
      return supervise(child, {
        ...{command, folder},
        kill: () =>
          spawn(engine, ['kill', '--signal', 'KILL', container], {stdio: 'ignore'}),
      });
    },
  };
}

interface Inspected {
  readonly Config: {
    readonly Labels?: Record<string, string> | null;
    readonly Env?: readonly string[] | null;
    readonly Entrypoint?: readonly string[] | null;
    readonly User?: string;
  };
}

async function inspected(engine: string, name: string): Promise<ImageFacts> {
  const {stdout} = await promisify(execFile)(engine, ['image', 'inspect', name]);
  const [facts] = JSON.parse(stdout) as readonly Inspected[];
  const {Labels, Env, Entrypoint, User = ''} = facts?.Config ?? {};
  const variables = (Env ?? []).map((text): [string, string] => {
    const [key = '', ...value] = text.split('=');
    return [key, value.join('=')];
  });
  return {
    labels: Labels ?? {},
    environment: Object.fromEntries(variables),
    entrypoint: Entrypoint ?? [],
    user: User,
  };
}
