import {join} from 'node:path';

import {BenchError} from '../../bench-error';
import type {Pace} from '../../lines/pace';
import {runPipeline} from '../../process/run';
import {NOW, startDistantPlant, startOfHistory} from '../../products/plant';
import {SOURCE_MEGABYTES} from '../../products/limits';
import {program} from '../../products/programs';
import {preparedSync} from '../../products/sync';
import {judged, withinLimit, type Measure} from '../../report/measure';
import {compared, median} from '../../statistics';
import type {BenchContext, Findings} from '../context';
import {peakMegabytes, perSecond, sampleOf, type Sample} from '../sample';
import {plantFor, STEADY, steadyOf} from './steady-points';

const PLANT = plantFor(1000);
const POINTS = steadyOf(PLANT);
const YEAR_VALUES = 525_000_000;
const NAME = 'source-pi, backfill';
const FLAT = {bound: 'at most', ratio: 1.15} as const;
/** Records between two marks of time. */
const PART = 10_000;

/** Seconds for each day's worth of values: the first and the last one count. */
interface BackfillRun {
  readonly sample: Sample;
  readonly daySeconds: readonly number[];
}

/** Some days of a backfill of 1,000 points at one event a minute, day by day. */
export async function measureBackfill(
  days: number,
  context: BenchContext,
): Promise<Findings> {
  const scale = {points: PLANT, days};
  await using plant = await startDistantPlant(scale);
  const settings = {points: STEADY, start: startOfHistory(scale), end: NOW};
  const read = await preparedSync(
    join(context.scratch, 'backfill'),
    plant.hello,
    settings,
  );
  const reading = program(require.resolve('../../lines/pace'), String(PART));
  const runs: BackfillRun[] = [];
  for (let round = 0; round < context.longRounds; round += 1) {
    const [source, reader] = await runPipeline([read, reading]);
    if (source === undefined || reader === undefined) {
      throw new BenchError('The backfill did not run.');
    }
    const pace = JSON.parse(reader.said) as Pace;
    const {records} = pace;
    const sample = {contestant: NAME, round, ...sampleOf(source, records)};
    const daySeconds = secondsByDay(pace, days);
    runs.push({sample, daySeconds});
    context.say(`  ${round + 1}/${context.longRounds} ${told(sample, daySeconds)}`);
  }
  const samples = runs.map(({sample}) => sample);
  return {
    samples,
    measures: measuresOf(runs, days),
    tables: [yearTable(samples, days)],
  };
}

/** Windows go upwards in time, so each equal part of the values is a day's. */
function secondsByDay({records, marks}: Pace, days: number): readonly number[] {
  const at = (day: number): number =>
    marks[Math.min(marks.length - 1, Math.round((records * day) / days / PART))] ?? NaN;
  return Array.from({length: days}, (_, day) => at(day + 1) - at(day));
}

function told(sample: Sample, daySeconds: readonly number[]): string {
  const days = daySeconds.map((seconds) => seconds.toFixed(1)).join(', ');
  const peak = peakMegabytes(sample).toFixed(0);
  return `${perSecond(sample).toFixed(0)} values/s, ${peak} MB; seconds by day: ${days}`;
}

function measuresOf(runs: readonly BackfillRun[], days: number): readonly Measure[] {
  const rounds = runs.length;
  const name = `backfill, ${days} days of ${POINTS} points`;
  const [last, first] = [-1, 0].map((day) =>
    runs.map(({daySeconds}) => daySeconds.at(day) ?? NaN),
  );
  const peaks = runs.map(({sample}) => peakMegabytes(sample));
  return [
    judged(
      {measure: `${name}: last day against the first`, unit: 's', rounds},
      compared(last ?? [], first ?? []),
      FLAT,
    ),
    withinLimit(
      {measure: `${name}: source peak RSS`, unit: 'MB'},
      peaks,
      SOURCE_MEGABYTES,
    ),
  ];
}

/** What a year would take at the pace of the days that were run. */
function yearTable(samples: readonly Sample[], days: number): string {
  const rate = median(samples.map(perSecond));
  const run = median(samples.map(({records}) => records));
  const hours = YEAR_VALUES / rate / 3600;
  return [
    `Backfill: ${run.toLocaleString('en-US')} values of ${days} days were read at`,
    `${Math.round(rate).toLocaleString('en-US')} values/s. By calculation, not by a run:`,
    `${YEAR_VALUES.toLocaleString('en-US')} values of a year take ${hours.toFixed(2)} hours.\n`,
  ].join(' ');
}
