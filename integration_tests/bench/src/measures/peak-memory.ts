import {rmSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import {runPipeline} from '../process/run';
import {discard} from '../products/programs';
import {judged, type Measure} from '../report/measure';
import {compared} from '../statistics';
import type {BenchContext, Findings} from './context';
import {destinationWrite, proveCommitted} from './destination-write';
import type {ServedHistory} from './history';
import {figures, peakMegabytes, sampleOf, type Sample} from './sample';

const SOURCE = 'source-pi';
const DESTINATION = 'destination-unity';
const LIMIT_MEGABYTES = 300;
const FLAT = {bound: 'at most', ratio: 1.25} as const;
const WITHIN = {bound: 'at most', ratio: 1} as const;

/** The history once and ten times as long. */
export interface Histories {
  readonly once: ServedHistory;
  readonly tenfold: ServedHistory;
}

/**
 * Peak resident sets of both connectors in one pipe, `source-pi | destination-unity`, so
 * that the source also stands against a reader that is slower than itself.
 *
 * @param others Samples of other measures: the upper bound holds for every run.
 */
export async function measurePeakMemory(
  {once, tenfold}: Histories,
  context: BenchContext,
  others: readonly Sample[],
): Promise<Findings> {
  const samples: Sample[] = [];
  for (let round = 0; round < context.longRounds; round += 1) {
    for (const [label, served] of [
      ['1x', once],
      ['10x', tenfold],
    ] as const) {
      samples.push(...(await piped(served, {label, round, context})));
    }
  }
  const all = [...others, ...samples];
  const rounds = context.longRounds;
  const measures = [SOURCE, DESTINATION].flatMap((name) => [
    flat(name, samples, rounds),
    within(name, all),
  ]);
  return {samples, measures};
}

interface Turn {
  readonly label: string;
  readonly round: number;
  readonly context: BenchContext;
}

async function piped(
  {read, history}: ServedHistory,
  {label, round, context}: Turn,
): Promise<readonly Sample[]> {
  const lake = join(context.scratch, 'lake-piped');
  const write = destinationWrite(lake, history);
  const [source, destination] = await runPipeline([read, write, discard()]);
  if (source === undefined || destination === undefined) {
    throw new BenchError('The pipe did not run.');
  }
  await proveCommitted(lake, history);
  rmSync(lake, {recursive: true});
  const samples = [source, destination].map((outcome) => ({
    contestant: `${outcome.name}, ${label} piped`,
    round,
    ...sampleOf(outcome, history.records),
  }));
  for (const sample of samples) {
    context.say(`  ${sample.contestant}: ${peakMegabytes(sample).toFixed(0)} MB`);
  }
  return samples;
}

function flat(name: string, samples: readonly Sample[], rounds: number): Measure {
  const peaks = (label: string): readonly number[] =>
    figures(samples, `${name}, ${label} piped`, peakMegabytes);
  const measure = `${name} peak RSS, 10x history against 1x`;
  return judged(
    {measure, unit: 'MB', rounds},
    compared(peaks('10x'), peaks('1x')),
    FLAT,
  );
}

/** The highest of all runs counts, not a median. */
function within(name: string, samples: readonly Sample[]): Measure {
  const own = samples.filter(({contestant}) => contestant.startsWith(name));
  const highest = Math.max(...own.map(peakMegabytes));
  const subject = {
    measure: `${name} peak RSS, highest`,
    unit: 'MB',
    rounds: own.length,
  };
  return judged(subject, compared([highest], [LIMIT_MEGABYTES]), WITHIN);
}
