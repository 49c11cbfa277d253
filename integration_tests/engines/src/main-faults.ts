import {writeFileSync} from 'node:fs';
import path from 'node:path';

import {parseOptions, USAGE} from './fault-runs/options';
import type {StoryResult} from './fault-runs/play-story';
import {runStories} from './fault-runs/run-stories';

/** As many stories at once as two cores can serve. */
const WORKERS = 2;
const ROOT = path.join(__dirname, '../../..');

/** Runs the destination against a stand-in of a warehouse that faults, again and again. */
async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(USAGE);
    process.exitCode = 2;
    return;
  }
  const {runs, seed: first, programShare, build = ROOT, json} = options;
  const tasks = Array.from({length: runs}, (_, number) => ({
    seed: first + number,
    programShare,
  }));
  const startedMs = Date.now();
  const results = await runStories(tasks, {workers: WORKERS, build, onResult: tell});
  report(results);
  console.log(`${Math.round((Date.now() - startedMs) / 1000)} s`);
  if (json !== undefined) writeFileSync(json, JSON.stringify(results));
  const failed = results.filter(({problems}) => problems.length > 0).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

function tell({seed, problems, attempts, cuts, kills}: StoryResult): void {
  const outcome = problems.length === 0 ? 'equal' : 'DIFFERENT';
  process.stderr.write(
    `story ${seed}: ${attempts} attempts, ${cuts} cut, ${kills} by SIGKILL, ${outcome}\n`,
  );
  for (const problem of problems) process.stderr.write(`    ${problem}\n`);
}

function report(results: readonly StoryResult[]): void {
  const sum = (of: (result: StoryResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const killed = results.filter(({kills}) => kills > 0).length;
  console.log(
    `${results.length} stories on a stand-in of a warehouse: ` +
      `${sum(({attempts}) => attempts)} attempts, ${sum(({cuts}) => cuts)} cut off, ` +
      `${sum(({kills}) => kills)} by SIGKILL in ${killed} stories.`,
  );
  const faults = new Map<string, number>();
  for (const {faults: own} of results) {
    for (const [what, count] of Object.entries(own)) {
      faults.set(what, (faults.get(what) ?? 0) + count);
    }
  }
  for (const [what, count] of [...faults].sort()) console.log(`  ${what}: ${count}`);
}

void main();
