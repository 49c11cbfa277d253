import {rmSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import {runPipeline} from '../process/run';
import {discard} from '../products/programs';
import {judged, type Target} from '../report/measure';
import {compared} from '../statistics';
import type {BenchContext, Findings} from './context';
import {readCounted} from './counted';
import {destinationWrite, proveCommitted, writtenLake} from './destination-write';
import type {ReadHistory} from './readers';
import type {ServedHistory} from './history';
import {figures, interleaved, perSecond, type Contestant, type Run} from './sample';

const PIPE = 'source-pi | destination-unity';
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
  const rates = (name: string): readonly number[] => figures(samples, name, perSecond);
  const [source, destination] = [rates(SOURCE), rates(DESTINATION)];
  const slower = source.map((rate, i) => Math.min(rate, destination[i] ?? NaN));
  const measure = 'pipe of both against the slower of both alone';
  const subject = {measure, unit: 'rows/s', rounds};
  const comparison = compared(rates(PIPE), slower);
  return {samples, measures: [judged(subject, comparison, TARGET)]};
}

/** The clock runs until the destination has ended; the figures are of both together. */
async function piped({read, history}: ServedHistory, lake: string): Promise<Run> {
  const write = destinationWrite(lake, history);
  const [source, destination] = await runPipeline([read, write, discard()]);
  if (source === undefined || destination === undefined) {
    throw new BenchError('The pipe did not run.');
  }
  await proveCommitted(lake, history);
  rmSync(lake, {recursive: true});
  return {
    records: history.records,
    wallSeconds: destination.wallSeconds,
    cpuSeconds: source.cpuSeconds + destination.cpuSeconds,
    peakBytes: source.peakBytes + destination.peakBytes,
  };
}
