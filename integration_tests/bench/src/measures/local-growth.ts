import {rmSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import {recordsOf} from '../lines/timeseries-lines';
import {runPipeline} from '../process/run';
import {committedRows, timeseriesTable} from '../products/committed';
import {destinationConfig, document} from '../products/documents';
import {writeMadeLines} from '../products/made-lines';
import {discard, executable, feed} from '../products/programs';
import {judged, type Measure} from '../report/measure';
import {compared} from '../statistics';
import type {BenchContext, Findings} from './context';
import {figures, sampleOf, type Sample} from './sample';

export interface LocalGrowthContext extends BenchContext {
  /** Hours of the shortest history. */
  readonly hours: number;
  /** How often it is repeated in length, the shortest first. */
  readonly lengths: readonly number[];
}

const HOUR_MS = 3_600_000;
const START = '2026-03-01T00:00:00Z';
const MADE = {streams: ['timeseries'], tags: 50, from: START, stepSeconds: 60};
/** Loads as small as those that the compaction of many syncs leaves: some 20,000 rows. */
const FLUSH = {megabytes: 8, memory_megabytes: 32};
const FLAT = {bound: 'at most', ratio: 1.25} as const;

/**
 * What a sync of one further hour costs, merged by key into local tables of growing
 * history. The hour is new in every round, so that a table grows by what is measured;
 * every row of it must be there afterwards, once.
 */
export async function measureLocalGrowth(
  context: LocalGrowthContext,
): Promise<Findings> {
  const {lengths, rounds, say} = context;
  const syncs = new HourlySyncs(context);
  for (const length of lengths) await syncs.makeHistory(length);
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const length of lengths) {
      const sample = await syncs.nextHour(length, round);
      samples.push(sample);
      const cpu = sample.cpuSeconds.toFixed(2);
      say(`  ${round + 1}/${rounds} an hour into ${length}x: ${cpu} CPU s`);
    }
  }
  for (const length of lengths) syncs.remove(length);
  const [shortest = 1, ...longer] = lengths;
  const measures = longer.flatMap((length) =>
    growthOf(samples, {shortest, length, rounds}),
  );
  return {samples, measures};
}

/** Tables of several lengths, and the hours that come to them. */
class HourlySyncs {
  constructor(private readonly context: LocalGrowthContext) {}

  async makeHistory(length: number): Promise<void> {
    await this.#sync(length, {from: START, hours: this.#hours(length)});
    await this.#prove(length, 0);
  }

  async nextHour(length: number, round: number): Promise<Sample> {
    const fromMs = Date.parse(START) + (this.#hours(length) + round) * HOUR_MS;
    const from = new Date(fromMs).toISOString();
    const run = await this.#sync(length, {from, hours: 1});
    await this.#prove(length, round + 1);
    return {contestant: contestantOf(length), round, ...run};
  }

  remove(length: number): void {
    rmSync(this.#lake(length), {recursive: true});
  }

  async #sync(
    length: number,
    part: {readonly from: string; readonly hours: number},
  ): Promise<ReturnType<typeof sampleOf>> {
    const {scratch} = this.context;
    const place = {folder: scratch, name: 'local-growth'};
    const lines = writeMadeLines(place, {...MADE, ...part}, 'append_dedup');
    const shipped = destinationConfig(this.#lake(length)) as object;
    const settings = {...shipped, flush: FLUSH};
    const config = document(scratch, 'local-growth.json', settings);
    const args = ['--config', config, '--catalog', lines.catalog];
    const write = executable('destination-unity', 'write', ...args);
    const [, writer] = await runPipeline([feed(lines.path), write, discard()]);
    rmSync(lines.path);
    if (writer === undefined) throw new BenchError('destination-unity did not run.');
    return sampleOf(writer, lines.records);
  }

  async #prove(length: number, furtherHours: number): Promise<void> {
    const rows = await committedRows(timeseriesTable(this.#lake(length)));
    const expected = recordsOf({...MADE, hours: this.#hours(length) + furtherHours});
    if (rows === expected) return;
    throw new BenchError(`${rows} rows stand in a table that should have ${expected}.`);
  }

  #hours(length: number): number {
    return this.context.hours * length;
  }

  #lake(length: number): string {
    return join(this.context.scratch, `local-growth-${length}x`);
  }
}

const contestantOf = (length: number): string =>
  `destination-unity, an hour into ${length}x`;

interface Growth {
  readonly shortest: number;
  readonly length: number;
  readonly rounds: number;
}

/** Processor time is judged; clock time is told. */
export function growthOf(
  samples: readonly Sample[],
  {shortest, length, rounds}: Growth,
): readonly Measure[] {
  const compare = (figure: (sample: Sample) => number): ReturnType<typeof compared> =>
    compared(
      figures(samples, contestantOf(length), figure),
      figures(samples, contestantOf(shortest), figure),
    );
  const measure = `sync of one hour, local table of ${length}x against ${shortest}x`;
  return [
    judged(
      {measure: `${measure}, CPU`, unit: 'CPU s', rounds},
      compare(({cpuSeconds}) => cpuSeconds),
      FLAT,
    ),
    judged(
      {measure, unit: 's', rounds},
      compare(({wallSeconds}) => wallSeconds),
    ),
  ];
}
