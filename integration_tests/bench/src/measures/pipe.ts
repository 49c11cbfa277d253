import {join} from 'node:path';

import {judged, type Measure, type Target} from '../report/measure';
import {compared} from '../statistics';
import type {BenchContext, Findings} from './context';
import {readCounted} from './counted';
import {writtenLake} from './destination-write';
import type {ServedHistory} from './history';
import {runPiped} from './piped';
import type {ReadHistory} from './readers';
import {figures, interleaved, type Contestant, type Run, type Sample} from './sample';

/** Named after neither: its peak is that of both together. */
const PIPE = 'both in one pipe';
const SOURCE = 'source-pi alone';
const DESTINATION = 'destination-unity alone';
const TARGET: Target = {bound: 'at least', ratio: 0.6};

/** Both connectors in one pipe into a local lake, against the slower of both alone. */
export async function measurePipe(
  {served, lines}: ReadHistory,
  context: BenchContext,
): Promise<Findings> {
  const {rounds, scratch, say} = context;
  const {history, read} = served;
  const lake = join(scratch, 'lake-of-the-pipe');
  const alone = {path: lines, history};
  const contestants: readonly Contestant[] = [
    {name: PIPE, run: () => piped(served, lake)},
    {name: SOURCE, run: () => readCounted(read, history.records)},
    {name: DESTINATION, run: () => writtenLake(alone, lake)},
  ];
  const samples = await interleaved(contestants, rounds, say);
  return {samples, measures: measuresOf(samples, {rounds, records: history.records})};
}

/** The clock runs until the destination has ended; the figures are of both together. */
async function piped(served: ServedHistory, lake: string): Promise<Run> {
  const {source, destination} = await runPiped(served, lake);
  return {
    records: served.history.records,
    wallSeconds: destination.wallSeconds,
    cpuSeconds: source.cpuSeconds + destination.cpuSeconds,
    peakBytes: source.peakBytes + destination.peakBytes,
  };
}

/** By clock time against the slower, by processor time against both alone together. */
function measuresOf(
  samples: readonly Sample[],
  {rounds, records}: {readonly rounds: number; readonly records: number},
): readonly Measure[] {
  const rates = (
    figure: (sample: Sample) => number,
    joined: (source: number, destination: number) => number,
  ): ReturnType<typeof compared> => {
    const of = (name: string): readonly number[] => figures(samples, name, figure);
    const [source, destination] = [of(SOURCE), of(DESTINATION)];
    const alone = source.map((one, round) => joined(one, destination[round] ?? NaN));
    const rate = (seconds: number): number => records / seconds;
    return compared(of(PIPE).map(rate), alone.map(rate));
  };
  const slower = rates(({wallSeconds}) => wallSeconds, Math.max);
  const both = rates(
    ({cpuSeconds}) => cpuSeconds,
    (a, b) => a + b,
  );
  const wall = 'pipe of both against the slower of both alone';
  const cpu = 'pipe of both against both alone, CPU';
  return [
    judged({measure: wall, unit: 'rows/s', rounds}, slower, TARGET),
    judged({measure: cpu, unit: 'rows/CPU s', rounds}, both),
  ];
}
