import {join} from 'node:path';

import {destinationMegabytes, SOURCE_MEGABYTES} from '../products/limits';
import {judged, withinLimit, type Measure} from '../report/measure';
import {compared} from '../statistics';
import type {BenchContext} from './context';
import type {ServedHistory} from './history';
import {runPiped} from './piped';
import {figures, peakMegabytes, sampleOf, type Sample} from './sample';

const SOURCE = 'source-pi';
const DESTINATION = 'destination-unity';
const FLAT = {bound: 'at most', ratio: 1.15} as const;

/** How often the history is repeated in length; the first is what the others stand against. */
export const LENGTHS = [1, 10, 100] as const;
export type Length = (typeof LENGTHS)[number];

/**
 * Peak resident sets of both connectors in one pipe, `source-pi | destination-unity`, so
 * that the source also stands against a reader that is slower than itself.
 */
export async function samplePeaks(
  served: ServedHistory,
  length: Length,
  context: BenchContext,
): Promise<readonly Sample[]> {
  // The longest takes minutes, and a peak does not depend on what else the machine does.
  const rounds = length === 100 ? 1 : context.longRounds;
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    samples.push(...(await piped(served, {label: labelOf(length), round, context})));
  }
  return samples;
}

/**
 * Judges the peaks of all lengths.
 *
 * @param others Samples of other measures: the upper bound holds for every run.
 */
export function peakMeasures(
  samples: readonly Sample[],
  others: readonly Sample[],
): readonly Measure[] {
  const [, ...longer] = LENGTHS;
  const limits = {[SOURCE]: SOURCE_MEGABYTES, [DESTINATION]: destinationMegabytes()};
  return ([SOURCE, DESTINATION] as const).flatMap((name) => [
    ...longer.map((length) => flat(name, samples, length)),
    within({name, megabytes: limits[name]}, [...others, ...samples]),
  ]);
}

const labelOf = (length: Length): string => `${length}x`;

interface Turn {
  readonly label: string;
  readonly round: number;
  readonly context: BenchContext;
}

async function piped(
  served: ServedHistory,
  {label, round, context}: Turn,
): Promise<readonly Sample[]> {
  const lake = join(context.scratch, 'lake-piped');
  const {source, destination} = await runPiped(served, lake);
  const samples = [source, destination].map((outcome) => ({
    contestant: `${outcome.name}, ${label} piped`,
    round,
    ...sampleOf(outcome, served.history.records),
  }));
  for (const sample of samples) {
    context.say(`  ${sample.contestant}: ${peakMegabytes(sample).toFixed(0)} MB`);
  }
  return samples;
}

function flat(name: string, samples: readonly Sample[], length: Length): Measure {
  const peaks = (label: string): readonly number[] =>
    figures(samples, `${name}, ${label} piped`, peakMegabytes);
  const [longer, once] = [peaks(labelOf(length)), peaks(labelOf(LENGTHS[0]))];
  const measure = `${name} peak RSS, ${labelOf(length)} history against 1x`;
  const subject = {measure, unit: 'MB', rounds: longer.length};
  return judged(subject, compared(longer, once), FLAT);
}

/** The highest of all runs counts, not a median. */
function within(
  {name, megabytes}: {readonly name: string; readonly megabytes: number},
  samples: readonly Sample[],
): Measure {
  const own = samples.filter(({contestant}) => contestant.startsWith(name));
  const subject = {measure: `${name} peak RSS, highest`, unit: 'MB'};
  return withinLimit(subject, [Math.max(...own.map(peakMegabytes))], megabytes);
}
