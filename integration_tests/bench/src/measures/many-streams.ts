import {rmSync} from 'node:fs';
import {join} from 'node:path';

import {destinationMegabytes} from '../products/limits';
import {writeMadeLines} from '../products/made-lines';
import {withinLimit, type Measure} from '../report/measure';
import type {BenchContext, Findings} from './context';
import {peakMegabytes, sampleOf, type Sample} from './sample';
import {writeStaged} from './staged-write';

/** Numbers of streams that are written at once. */
const STREAMS = [1, 50] as const;

/** Tags of all streams together, each with an event every minute. */
const TAGS = 1000;

/** Peak memory before an accepting warehouse, for one stream and for many at once. */
export async function measureManyStreams(
  hours: number,
  context: BenchContext,
): Promise<Findings> {
  const {scratch, longRounds, say} = context;
  const samples: Sample[] = [];
  for (const count of STREAMS) {
    const streams = Array.from({length: count}, (_, stream) => `timeseries_${stream}`);
    const made = {streams, tags: TAGS / count, from: '2026-03-01T00:00:00Z', hours};
    const place = {folder: scratch, name: `${count}-streams`};
    const lines = writeMadeLines(place, {...made, stepSeconds: 60}, 'append');
    for (let round = 0; round < longRounds; round += 1) {
      const folder = join(scratch, `many-streams-${round}`);
      const {outcome, summary} = await writeStaged(lines, folder);
      rmSync(folder, {recursive: true});
      const contestant = contestantOf(count);
      const sample = {contestant, round, ...sampleOf(outcome, lines.records)};
      samples.push(sample);
      const peak = peakMegabytes(sample).toFixed(0);
      say(`  ${contestant}: ${peak} MB, ${summary.files} staged files`);
    }
    rmSync(lines.path);
  }
  return {samples, measures: STREAMS.map((count) => peakOf(count, samples))};
}

const contestantOf = (count: number): string =>
  `destination-unity, ${count} streams at once`;

/** The highest of all runs counts, not a median. */
function peakOf(count: number, samples: readonly Sample[]): Measure {
  const own = samples.filter(({contestant}) => contestant === contestantOf(count));
  const subject = {measure: `${contestantOf(count)}: peak RSS, highest`, unit: 'MB'};
  const highest = Math.max(...own.map(peakMegabytes));
  return withinLimit(subject, [highest], destinationMegabytes());
}
