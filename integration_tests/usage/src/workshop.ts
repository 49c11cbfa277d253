import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {startSimulator, type Simulator} from 'pi-simulator';

import {blocksOf, ROOT} from './page';

export const START = '2026-03-01T06:00:00Z';
const NOW = '2026-03-02T06:00:00Z';

/** What a script left behind. */
export interface Ran {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A folder in which the scripts of the pages run as they are printed: the repository's
 * programs by their paths, the documents of the README beside them, and a simulator (a
 * stand-in for PI) behind the address in `source.json`.
 */
export interface Workshop extends AsyncDisposable {
  readonly folder: string;
  readonly simulator: Simulator;
  /** Runs a script by bash; a program that fails ends it. */
  sh(script: string): Promise<Ran>;
  /** Writes a document; `source.json` again with other settings, for example. */
  write(name: string, document: unknown): void;
  /** The settings in `source.json`. */
  readonly sourceConfig: Readonly<Record<string, unknown>>;
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-'));
  for (const name of ['airbyte-cdk-ts', 'destination-unity', 'integration_tests']) {
    symlinkSync(path.join(ROOT, name), path.join(folder, name));
  }
  symlinkSync(path.join(ROOT, 'sources'), path.join(folder, 'sources'));
  const simulator = await startSimulator({
    seed: 7,
    points: 12,
    historyDays: 1,
    now: NOW,
  });
  const write = (name: string, document: unknown): void => {
    writeFileSync(path.join(folder, name), JSON.stringify(document));
  };
  const printed = documentsOf('README.md');
  const sourceConfig = {...printed.get('source.json'), ...reaching(simulator)};
  for (const [name, document] of printed) write(name, document);
  write('source.json', sourceConfig);
  return {
    folder,
    simulator,
    sourceConfig,
    write,
    sh: (script) => sh(folder, script),
    [Symbol.asyncDispose]: async () => {
      await simulator.close();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

/** What of the printed settings cannot hold for a plant that is not the reader's own. */
function reaching({url, username, password}: Simulator): Record<string, unknown> {
  return {
    base_url: url,
    credentials: {auth_type: 'basic', username, password},
    selection: {},
    start_date: START,
    settle_seconds: 0,
  };
}

/** The documents that a page shows with a file name. */
function documentsOf(page: string): ReadonlyMap<string, Record<string, unknown>> {
  return new Map(
    blocksOf(page).flatMap(({marks, text}) => {
      const file = marks.get('file');
      return file === undefined
        ? []
        : [[file, JSON.parse(text) as Record<string, unknown>]];
    }),
  );
}

async function sh(folder: string, script: string): Promise<Ran> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {...process.env, CHECKPOINT_INTERVAL_SECONDS: '0'},
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const [exit] = (await once(child, 'close')) as [number | null];
  const text = (chunks: readonly Buffer[]): string =>
    Buffer.concat(chunks).toString('utf8');
  return {exit, stdout: text(out), stderr: text(err)};
}
