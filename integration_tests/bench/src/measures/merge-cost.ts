import {rmSync} from 'node:fs';

import {BenchError} from '../bench-error';
import {recordsOf} from '../lines/timeseries-lines';
import {dataFiles, operations, type Operation} from '../products/delta-log';
import {writeMadeLines, type LinesFile} from '../products/made-lines';
import {judged, type Measure} from '../report/measure';
import {compared} from '../statistics';
import {FilesAway} from '../warehouse/files-away';
import {writeToWarehouse} from '../warehouse/warehouse-write';
import type {BenchContext, Findings} from './context';
import {tableOf, type Spark} from './spark-tables';

export interface MergeContext extends BenchContext {
  /** Hours of the shorter history. */
  readonly hours: number;
}

/** How often the shorter history is repeated in length. */
const LENGTHS = [1, 10] as const;
type Length = (typeof LENGTHS)[number];
const TARGET = {bound: 'at most', ratio: 1.5} as const;

const HOUR_MS = 3_600_000;
const START = '2026-03-01T00:00:00Z';
const MADE = {streams: ['timeseries'], tags: 300, from: START, stepSeconds: 36};
/** A load of the histories: about an hour, as one that runs every hour leaves it. */
const LOAD_MEGABYTES = 11;

/**
 * The time that Spark takes to merge an hour of data into a history and into one ten
 * times as long, both made by the destination. The hour is there already, with other
 * values. Last, all files that end before the hour are taken away while it is merged
 * once more: a merge that wanted to read one of them would fail.
 */
export async function measureMergeCost(
  spark: Spark,
  context: MergeContext,
): Promise<Findings> {
  const {hours, longRounds, say} = context;
  const rounds = Math.max(2, longRounds);
  const merging = new Merging(spark, context);
  for (const length of LENGTHS) {
    await merging.makeHistory(length);
    const files = merging.files(length).length;
    say(`  ${hours * length} hours of history: ${files} files`);
  }
  const seconds = new Map<Length, number[]>(LENGTHS.map((length) => [length, []]));
  // Not counted: the first merge of its kind is compiled while it runs.
  await merging.mergeLastHour(1, rounds + 2);
  for (let round = 0; round < rounds; round += 1) {
    for (const length of LENGTHS) {
      const {metrics} = await merging.mergeLastHour(length, round + 1);
      const took = Number(metrics['executionTimeMs']) / 1000;
      seconds.get(length)?.push(took);
      say(`  ${round + 1}/${rounds} merge into ${length}x: ${took.toFixed(2)} s`);
    }
  }
  const subject = {
    measure: 'MERGE of one hour, 10x history against 1x',
    unit: 's',
    rounds,
  };
  const cost = compared(seconds.get(10) ?? [], seconds.get(1) ?? []);
  const pruned = await merging.withoutEarlierFiles(rounds + 1);
  return {samples: [], measures: [judged(subject, cost, TARGET), pruned]};
}

class Merging {
  constructor(
    private readonly spark: Spark,
    private readonly context: MergeContext,
  ) {}

  files(length: Length): ReturnType<typeof dataFiles> {
    return dataFiles(this.#table(length));
  }

  async makeHistory(length: Length): Promise<void> {
    const made = {...MADE, hours: this.context.hours * length};
    await this.#write(length, this.#lines(made));
  }

  /** Merges the last hour with other values; all of its rows must have been changed. */
  async mergeLastHour(length: Length, offset: number): Promise<Operation> {
    const made = {...MADE, from: this.#lastHour(length), hours: 1, offset};
    await this.#write(length, this.#lines(made));
    const merge = operations(this.#table(length)).findLast(
      ({name}) => name === 'MERGE',
    );
    const updated = Number(merge?.metrics['numTargetRowsUpdated']);
    if (merge !== undefined && updated === recordsOf(made)) return merge;
    throw new BenchError(`A merge changed ${updated} rows of ${recordsOf(made)}.`);
  }

  /** Files that a merge into the longer history can do without, of all its files. */
  async withoutEarlierFiles(offset: number): Promise<Measure> {
    const all = this.files(10);
    const from = this.#lastHour(10);
    const earlier = all.filter(({latest}) => latest !== '' && latest < from);
    const paths = earlier.map(({path}) => path);
    const filesAway = new FilesAway(this.spark.warehouseFolder);
    filesAway.ask(paths);
    const [merged] = await Promise.allSettled([this.mergeLastHour(10, offset)]);
    const wereAway = filesAway.restore(paths);
    if (merged.status === 'rejected') throw merged.reason;
    if (!wereAway) throw new BenchError('The files were not away while it was merged.');
    const measure = 'MERGE of one hour: files taken away meanwhile, of all';
    const subject = {measure, unit: 'files', rounds: 1};
    return judged(subject, compared([earlier.length], [all.length]));
  }

  #lastHour(length: Length): string {
    const hours = this.context.hours * length - 1;
    return new Date(Date.parse(START) + hours * HOUR_MS).toISOString();
  }

  #lines(made: Parameters<typeof writeMadeLines>[1]): LinesFile {
    const place = {folder: this.context.scratch, name: 'merged'};
    return writeMadeLines(place, made, 'append_dedup');
  }

  async #write(length: Length, lines: LinesFile): Promise<void> {
    const flush = {megabytes: LOAD_MEGABYTES, memory_megabytes: 2 * LOAD_MEGABYTES};
    const settings = {schema: schemaOf(length), flush};
    const {scratch: folder} = this.context;
    await writeToWarehouse({lines, warehouse: this.spark, folder, settings});
    rmSync(lines.path);
  }

  #table(length: Length): string {
    return tableOf(this.spark, schemaOf(length));
  }
}

const schemaOf = (length: Length): string => `merge_${length}x`;
