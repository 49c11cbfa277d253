import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {printTable} from 'demo';

import type {JourneyResult} from './journey';
import {runKills} from './kills';
import {parseOptions, USAGE} from './options';

/** As many journeys at once as two cores can serve. */
const LANES = 2;

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(USAGE);
    process.exitCode = 2;
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'kills-'));
  const startedMs = Date.now();
  const results = await runKills(options, {folder, lanes: LANES, onResult: tell});
  const failed = results.filter(({verdict}) => verdict.faults.length > 0);
  report(results);
  for (const result of failed) explain(result, folder);
  if (failed.length === 0) rmSync(folder, {recursive: true});
  const kills = (of: readonly JourneyResult[]): number =>
    of.reduce((sum, result) => sum + killsOf(result), 0);
  const failedKills = Math.max(kills(failed), failed.length);
  console.log(`${Math.round((Date.now() - startedMs) / 1000)} s`);
  console.log(`${kills(results) - kills(failed)} passed, ${failedKills} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

function tell(result: JourneyResult): void {
  const {story, verdict, attempts} = result;
  const outcome = verdict.faults.length === 0 ? 'equal' : 'DIFFERENT';
  process.stderr.write(
    `journey ${story.seed}: ${killsOf(result)} kills, ${attempts} runs, ${outcome}\n`,
  );
}

function report(results: readonly JourneyResult[]): void {
  const rows = [...results].sort((a, b) => a.story.seed - b.story.seed);
  printTable(
    rows.map(({story, kills, attempts, verdict}) => ({
      seed: `${story.seed}`,
      mode: story.mode,
      'source killed': `${kills.source}`,
      'destination killed': `${kills.destination}`,
      'both killed': `${kills.both}`,
      runs: `${attempts}`,
      rows: `${verdict.rows}`,
      lake: verdict.faults.length === 0 ? 'equals the plant' : 'DIFFERS',
    })),
  );
}

function explain({story, kills, verdict}: JourneyResult, folder: string): void {
  const all = kills.source + kills.destination + kills.both;
  console.log(`\nJourney ${story.seed}, kept in ${folder}; alone:`);
  console.log(`  npm run kills -- --seed ${story.seed} --kills ${all}`);
  for (const fault of verdict.faults) console.log(`  ${fault}`);
}

function killsOf({kills}: JourneyResult): number {
  return kills.source + kills.destination + kills.both;
}

void main();
