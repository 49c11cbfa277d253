import {rmSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import {runPipeline, type Command} from '../process/run';
import {committedFiles, committedRows, timeseriesTable} from '../products/committed';
import {destinationConfig, document} from '../products/documents';
import {discard, executable, feed} from '../products/programs';
import {judged, type Measure, type Subject, type Target} from '../report/measure';
import {compared} from '../statistics';
import type {BenchContext, Findings} from './context';
import {ENCODE, encoded, PARSE, parsed} from './floors';
import type {History} from './history';
import {
  figures,
  interleaved,
  perCpuSecond,
  perSecond,
  sampleOf,
  type Contestant,
  type Run,
  type Sample,
} from './sample';

const OURS = 'destination-unity';
const TARGET: Target = {bound: 'at least', ratio: 2};

/** Lines of source-pi, and the history they are of. */
export interface Lines {
  readonly path: string;
  readonly history: History;
}

/** Lines of source-pi to committed Delta, against parsing and encoding alone. */
export async function measureDestinationWrite(
  lines: Lines,
  context: BenchContext,
): Promise<Findings> {
  const {scratch, rounds, say} = context;
  const {records} = lines.history;
  const lake = join(scratch, 'lake-to-encode');
  await written(lines, lake);
  const files = committedFiles(timeseriesTable(lake));
  const contestants: readonly Contestant[] = [
    {
      name: OURS,
      run: () => writtenLake(lines, join(scratch, 'lake')),
    },
    {name: PARSE, run: () => parsed({path: lines.path, records})},
    {
      name: ENCODE,
      run: () => encoded({scratch, files, records}),
    },
  ];
  const samples = await interleaved(contestants, rounds, say);
  rmSync(lake, {recursive: true});
  return {samples, measures: measuresOf(samples, rounds)};
}

/** `destination-unity write` into a lake at this place. */
export function destinationWrite(lake: string, history: History): Command {
  const config = document(history.folder, 'destination.json', destinationConfig(lake));
  const args = ['--config', config, '--catalog', history.catalog];
  return executable('destination-unity', 'write', ...args);
}

/** Every record must be a row of the committed table. */
export async function proveCommitted(lake: string, {records}: History): Promise<void> {
  const rows = await committedRows(timeseriesTable(lake));
  if (rows === records) return;
  throw new BenchError(`${rows} rows are committed of ${records} records.`);
}

/** Writes the lines into a lake at this place, counts its rows and takes it away. */
export async function writtenLake(lines: Lines, lake: string): Promise<Run> {
  const run = await written(lines, lake);
  rmSync(lake, {recursive: true});
  return run;
}

async function written({path, history}: Lines, lake: string): Promise<Run> {
  const write = destinationWrite(lake, history);
  const [, writer] = await runPipeline([feed(path), write, discard()]);
  if (writer === undefined) throw new BenchError('destination-unity did not run.');
  await proveCommitted(lake, history);
  return sampleOf(writer, history.records);
}

/** `JSON.parse` alone is what is judged; encoding stands beside it. */
function measuresOf(samples: readonly Sample[], rounds: number): readonly Measure[] {
  const against = (
    other: string,
    figure: (sample: Sample) => number,
  ): ReturnType<typeof compared> =>
    compared(figures(samples, OURS, figure), figures(samples, other, figure));
  const wall = (measure: string): Subject => ({measure, unit: 'rows/s', rounds});
  const measure = 'destination write against JSON.parse of the lines';
  const cpu = {measure: `${measure}, CPU`, unit: 'rows/CPU s', rounds};
  const encode = 'destination write against DuckDB encode of the columns';
  return [
    judged(wall(measure), against(PARSE, perSecond), TARGET),
    judged(cpu, against(PARSE, perCpuSecond)),
    judged(wall(encode), against(ENCODE, perSecond)),
  ];
}
