import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {cpus, loadavg, release, totalmem, type} from 'node:os';
import {join} from 'node:path';

import {ROOT} from '../products/programs';

/** Where and on what a result was measured. */
export interface Provenance {
  readonly at: string;
  /** With `+` for a checkout that differs from it. */
  readonly commit: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly os: string;
    /** Running processes in the minute before: 0 on a machine that does nothing else. */
    readonly loadBefore: number;
  };
  readonly versions: Readonly<Record<string, string>>;
  /** What stood in the place of something real. */
  readonly standIns: readonly string[];
}

/** @param now The time to be written down. */
export function provenance(now: Date): Provenance {
  return {
    at: now.toISOString(),
    commit: commit(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 1e9),
      os: `${type()} ${release()}`,
      loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
    },
    versions: {
      node: process.versions.node,
      v8: process.versions.v8,
      duckdb: versionOf('@duckdb/node-api'),
      'faros-airbyte-cdk': versionOf('faros-airbyte-cdk'),
      ...pythonVersions(),
    },
    standIns: STAND_INS,
  };
}

/** No real PI and no workspace was ever measured here. */
const STAND_INS = [
  'PI Web API: a simulator; its answers prerecorded but for journeys',
  'a distant PI: the simulator with latencies for requests, calls and events',
  'a network: a proxy with a round trip and a rate',
  'Databricks: a server that accepts files and statements; open-source Spark',
];

/** The Python reader's packages as the suites pin them, whether or not it ran. */
function pythonVersions(): Record<string, string> {
  const path = join(ROOT, 'integration_tests/suites/suites.json');
  const {environments} = JSON.parse(readFileSync(path, 'utf8')) as {
    environments: {'python-reader': {packages: readonly string[]}};
  };
  const pins = environments['python-reader'].packages.map((pin) => pin.split('=='));
  return Object.fromEntries(pins.map(([name = '', version = '']) => [name, version]));
}

function commit(): string {
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', args, {cwd: ROOT, encoding: 'utf8'}).trim();
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return git('rev-parse', '--short=12', 'HEAD') + (changed ? '+' : '');
  } catch {
    return 'unknown'; // a checkout without git, as in an archive
  }
}

function versionOf(name: string): string {
  const text = readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(text) as {version: string}).version;
}
