import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import {runPipeline, type Command} from '../process/run';
import {discard, feed, ROOT} from '../products/programs';
import {call, callTree, type Call, type CpuProfile} from '../profile/call-tree';
import {costTable} from '../profile/costs';
import {flameGraph} from '../profile/flame-graph';
import type {BenchContext, Findings} from './context';
import {destinationWrite} from './destination-write';
import type {ReadHistory} from './readers';

const RESULTS = join(ROOT, 'integration_tests/bench/results');

/**
 * CPU profiles of both connectors: a flame graph of each, and a table of their largest
 * costs, beside the kept results. They slow a run, so nothing of it is a measure.
 */
export async function writeProfiles(
  {served, lines}: ReadHistory,
  {scratch, say}: BenchContext,
): Promise<Findings> {
  const lake = join(scratch, 'lake-of-the-profile');
  const write = destinationWrite(lake, served.history);
  const folder = join(scratch, 'profiles');
  const trees = [
    await profiled({name: 'source', command: served.read, before: [], folder}),
    await profiled({
      name: 'destination',
      command: write,
      before: [feed(lines)],
      folder,
    }),
  ];
  rmSync(lake, {recursive: true});
  const tables = trees.map((tree) => costTable(tree.label, tree));
  mkdirSync(RESULTS, {recursive: true});
  for (const tree of trees) {
    const path = join(RESULTS, `profile-${tree.label}.svg`);
    writeFileSync(path, flameGraph(tree.label, tree));
    say(`  ${path}`);
  }
  writeFileSync(join(RESULTS, 'profile.txt'), tables.join('\n'));
  return {measures: [], samples: [], tables};
}

interface Profiled {
  readonly name: string;
  readonly command: Command;
  /** What feeds it. */
  readonly before: readonly Command[];
  readonly folder: string;
}

/** Runs a command and gathers the profiles of all its threads under one root. */
async function profiled({name, command, before, folder}: Profiled): Promise<Call> {
  const own = join(folder, name);
  const nodeOptions = ['--cpu-prof', `--cpu-prof-dir=${own}`];
  await runPipeline([...before, {...command, nodeOptions}, discard()]);
  const threads = readdirSync(own)
    .sort()
    .map((file) => thread(join(own, file)));
  if (threads.length === 0) throw new BenchError(`${name} left no profile.`);
  return call({label: name, category: 'process'}, 0, threads);
}

/** `CPU.20260302.060000.4711.0.001.cpuprofile`: the number behind the process is the thread. */
function thread(path: string): Call {
  const number = path.split('.').at(-3) ?? '';
  const name = number === '0' ? 'main thread' : `worker ${number}`;
  return callTree(name, JSON.parse(readFileSync(path, 'utf8')) as CpuProfile);
}
