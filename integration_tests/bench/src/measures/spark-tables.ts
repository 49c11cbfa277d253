import {rmSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import {committedRows} from '../products/committed';
import {dataFiles} from '../products/delta-log';
import {writeMadeLines, type LinesFile, type WriteMode} from '../products/made-lines';
import {judged, type Measure} from '../report/measure';
import {compared} from '../statistics';
import type {SparkHello} from '../warehouse/hello';
import {writeToWarehouse} from '../warehouse/warehouse-write';
import type {BenchContext, Findings} from './context';
import {
  figures,
  interleaved,
  perSecond,
  sampleOf,
  type Contestant,
  type Run,
  type Sample,
} from './sample';
import {writeStaged} from './staged-write';

/** Spark, ready. */
export type Spark = Exclude<SparkHello, {readonly notRun: string}>;

const MODES = ['append', 'append_dedup'] as const;
/** 200,000 records. */
const MADE = {
  streams: ['timeseries'],
  tags: 500,
  from: '2026-03-01T00:00:00Z',
  hours: 4,
  stepSeconds: 36,
};
const SMALL_BYTES = 1_000_000;

/**
 * Records to committed rows of Spark's tables, against the same records before a
 * warehouse that accepts them without loading them; and the files that came of it.
 */
export async function measureSparkTables(
  spark: Spark,
  context: BenchContext,
): Promise<Findings> {
  const {scratch, rounds, say} = context;
  const floor = writeMadeLines({folder: scratch, name: 'accepted'}, MADE, 'append');
  const lines = new Map(
    MODES.map((mode) => [
      mode,
      writeMadeLines({folder: scratch, name: mode}, MADE, mode),
    ]),
  );
  const folder = join(scratch, 'spark-floor');
  const accepting: Contestant = {
    name: ACCEPTING,
    run: async () => {
      const {outcome} = await writeStaged(floor, folder);
      rmSync(folder, {recursive: true});
      return sampleOf(outcome, floor.records);
    },
  };
  const contestants = [...lines].map(([mode, given]) => ({
    name: sparkBy(mode),
    run: (round: number) =>
      written(given, {spark, scratch, schema: `${mode}_${round}`}),
  }));
  const samples = await interleaved([...contestants, accepting], rounds, say);
  for (const {path} of [floor, ...lines.values()]) rmSync(path);
  const measures = MODES.flatMap((mode) => [
    rateOf(mode, samples, rounds),
    smallFiles(mode, tableOf(spark, `${mode}_0`)),
  ]);
  return {samples, measures};
}

function rateOf(mode: WriteMode, samples: readonly Sample[], rounds: number): Measure {
  const measure = `Spark table by ${mode} against an accepting warehouse`;
  const rates = (name: string): readonly number[] => figures(samples, name, perSecond);
  const subject = {measure, unit: 'rows/s', rounds};
  return judged(subject, compared(rates(sparkBy(mode)), rates(ACCEPTING)));
}

/** Where the table lies that the destination makes of the stream `timeseries`. */
export function tableOf({warehouseFolder}: Spark, schema: string): string {
  return join(warehouseFolder, `${schema}.db`, 'timeseries');
}

const ACCEPTING = 'destination-unity to an accepting warehouse';
const sparkBy = (mode: WriteMode): string => `destination-unity to Spark by ${mode}`;

interface Place {
  readonly spark: Spark;
  readonly scratch: string;
  readonly schema: string;
}

async function written(
  lines: LinesFile,
  {spark, scratch, schema}: Place,
): Promise<Run> {
  const settings = {schema};
  const write = {lines, warehouse: spark, folder: scratch, settings};
  const {outcome} = await writeToWarehouse(write);
  const rows = await committedRows(tableOf(spark, schema));
  if (rows === lines.records) return sampleOf(outcome, rows);
  throw new BenchError(
    `${rows} rows are in Spark’s table of ${lines.records} records.`,
  );
}

/** Small files of all files: what every reader of the table has to open. */
function smallFiles(mode: WriteMode, table: string): Measure {
  const files = dataFiles(table);
  const small = files.filter(({bytes}) => bytes < SMALL_BYTES).length;
  const measure = `Spark table by ${mode}: files below 1 MB of all`;
  const subject = {measure, unit: 'files', rounds: 1};
  return judged(subject, compared([small], [files.length]));
}
