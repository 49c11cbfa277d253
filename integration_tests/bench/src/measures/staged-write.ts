import {readdirSync, rmSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import {startServer} from '../process/server';
import {rowsIn} from '../products/committed';
import type {LinesFile} from '../products/made-lines';
import {program} from '../products/programs';
import {judged, type Measure, type Target} from '../report/measure';
import {compared} from '../statistics';
import {acceptedFolder} from '../warehouse/accepted-files';
import type {WarehouseHello} from '../warehouse/hello';
import {writeToWarehouse, type WarehouseRun} from '../warehouse/warehouse-write';
import type {BenchContext, Findings} from './context';
import {ENCODE, encoded, PARSE, parsed, slowerFloor} from './floors';
import {
  figures,
  interleaved,
  perCpuSecond,
  perSecond,
  sampleOf,
  type Contestant,
  type Sample,
} from './sample';

const OURS = 'destination-unity to an accepting warehouse';
const TARGET: Target = {bound: 'at least', ratio: 0.5};

/** A run whose staged files were counted, and those files while they are kept. */
export interface StagedRun extends WarehouseRun {
  readonly files: readonly string[];
}

/**
 * Lines to Parquet files on a volume, before a warehouse that accepts them without
 * loading them; against parsing and encoding alone.
 */
export async function measureStagedWrite(
  lines: LinesFile,
  context: BenchContext,
): Promise<Findings> {
  const {scratch, rounds, say} = context;
  const {path, records} = lines;
  const kept = join(scratch, 'staged-to-encode');
  const {files} = await writeStaged(lines, kept);
  const runs: WarehouseRun[] = [];
  const ours: Contestant = {
    name: OURS,
    run: async (round) => {
      const folder = join(scratch, `staged-${round}`);
      const run = await writeStaged(lines, folder);
      rmSync(folder, {recursive: true});
      runs.push(run);
      return sampleOf(run.outcome, records);
    },
  };
  const samples = await interleaved(
    [
      ours,
      {name: PARSE, run: () => parsed({path, records})},
      {name: ENCODE, run: () => encoded({scratch, files, records})},
    ],
    rounds,
    say,
  );
  rmSync(kept, {recursive: true});
  return {samples, measures: [...rateMeasures(samples, rounds), ...shares(runs)]};
}

/** Writes lines before an accepting warehouse of its own, and counts the staged rows. */
export async function writeStaged(
  lines: LinesFile,
  folder: string,
): Promise<StagedRun> {
  mkdirSync(folder, {recursive: true});
  const script = require.resolve('../warehouse/serve-accepting');
  await using server = await startServer<WarehouseHello>(program(script, folder));
  const run = await writeToWarehouse({lines, warehouse: server.hello, folder});
  const accepted = acceptedFolder(folder);
  const files = readdirSync(accepted).map((name) => join(accepted, name));
  const rows = await rowsIn(files);
  if (rows === lines.records) return {...run, files};
  throw new BenchError(`${rows} rows were staged of ${lines.records} records.`);
}

function rateMeasures(samples: readonly Sample[], rounds: number): readonly Measure[] {
  const slower = slowerFloor(samples);
  const name = `staged write against the slower of both (${slower})`;
  const rates = [OURS, slower].map((one) => figures(samples, one, perSecond));
  const cpuRates = [OURS, slower].map((one) => figures(samples, one, perCpuSecond));
  return [
    judged(
      {measure: name, unit: 'rows/s', rounds},
      compared(rates[0] ?? [], rates[1] ?? []),
      TARGET,
    ),
    judged(
      {measure: `${name}, CPU`, unit: 'rows/CPU s', rounds},
      compared(cpuRates[0] ?? [], cpuRates[1] ?? []),
    ),
  ];
}

/** Parsing is all that the main thread does but for sending, so its CPU time stands for it. */
function shares(runs: readonly WarehouseRun[]): readonly Measure[] {
  const walls = runs.map(({outcome}) => outcome.wallSeconds);
  const share = (part: string, seconds: (run: WarehouseRun) => number): Measure =>
    judged(
      {measure: `staged write: time in ${part}`, unit: 's', rounds: runs.length},
      compared(runs.map(seconds), walls),
    );
  return [
    share('parse (CPU of the main thread)', ({outcome}) => outcome.mainThreadSeconds),
    share('encode', ({summary}) => summary.encodeSeconds),
    share('upload', ({summary}) => summary.uploadSeconds),
    share('commit', ({summary}) => summary.commitSeconds),
  ];
}
