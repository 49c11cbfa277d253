import {rmSync} from 'node:fs';
import {join} from 'node:path';

import type {Scale} from '../products/plant';
import {withinLimit, type Measure} from '../report/measure';
import {columns} from '../report/table';
import {exponent, median} from '../statistics';
import type {BenchContext, Findings} from './context';
import {readCounted} from './counted';
import {recordHistory, serveHistory, type ServedHistory} from './history';
import {
  figures,
  interleaved,
  peakMegabytes,
  type Contestant,
  type Sample,
} from './sample';

/** The smallest of each series; the others are ten and a hundred times as large. */
export interface GrowthSizes {
  readonly points: number;
  readonly days: number;
}

const TIMES = [1, 10, 100] as const;
/** The series of points reads this much of each, the series of days this many points. */
const HOUR = 1 / 24;
const FEW_POINTS = 96;
/** What has next to no events stands for start-up. */
const EMPTY: Scale = {points: FEW_POINTS, days: 0.001};
const START_UP = 'start-up';

/** A series of histories, each of which is read. */
interface Series {
  readonly name: string;
  readonly scales: readonly Scale[];
  readonly label: (scale: Scale) => string;
  /** Whether memory and state must not grow along it. */
  readonly isFlat: boolean;
}

/** What a sync costs as points and days grow: time, memory, state and their exponents. */
export async function measureGrowth(
  {points, days}: GrowthSizes,
  context: BenchContext,
): Promise<Findings> {
  const found = [
    await measureSeries(
      {
        name: 'points',
        scales: TIMES.map((times) => ({points: points * times, days: HOUR})),
        label: (scale) => `${scale.points.toLocaleString('en-US')} points`,
        isFlat: false,
      },
      context,
    ),
    await measureSeries(
      {
        name: 'days',
        scales: TIMES.map((times) => ({points: FEW_POINTS, days: days * times})),
        label: (scale) => `${scale.days} days`,
        isFlat: true,
      },
      context,
    ),
  ];
  return {
    measures: found.flatMap(({measures}) => measures),
    samples: found.flatMap(({samples}) => samples),
    tables: found.flatMap(({tables}) => tables ?? []),
  };
}

async function measureSeries(series: Series, context: BenchContext): Promise<Findings> {
  const all: ServedHistory[] = [];
  try {
    const contestants: Contestant[] = [];
    for (const [position, scale] of [EMPTY, ...series.scales].entries()) {
      const name = position === 0 ? START_UP : series.label(scale);
      context.say(`  Recording ${series.name}: ${name}`);
      const folder = join(context.scratch, `growth-${series.name}-${position}`);
      const served = await serveHistory(await recordHistory(folder, scale));
      all.push(served);
      const {read, history} = served;
      contestants.push({name, run: () => readCounted(read, history.records)});
    }
    const rounds = context.longRounds;
    const samples = await interleaved(contestants, rounds, context.say);
    const costs = costsOf(series, samples);
    const measures = measuresOf(series, costs);
    return {samples, measures, tables: [tableOf(series, costs)]};
  } finally {
    for (const served of all) {
      await served[Symbol.asyncDispose]();
      rmSync(served.history.folder, {recursive: true});
    }
  }
}

/** What one history cost: medians. Seconds are those beyond start-up. */
interface Cost {
  readonly label: string;
  readonly records: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
  readonly stateBytes: number;
}

/** Less than a clock can tell, so that a logarithm exists. */
const LEAST_SECONDS = 0.001;

function costsOf(series: Series, samples: readonly Sample[]): readonly Cost[] {
  const of = (name: string, figure: (sample: Sample) => number): number =>
    median(figures(samples, name, figure));
  const beyond = (name: string, figure: (sample: Sample) => number): number =>
    Math.max(LEAST_SECONDS, of(name, figure) - of(START_UP, figure));
  return series.scales.map(series.label).map((label) => ({
    label,
    records: of(label, ({records}) => records),
    seconds: beyond(label, ({wallSeconds}) => wallSeconds),
    cpuSeconds: beyond(label, ({cpuSeconds}) => cpuSeconds),
    megabytes: of(label, peakMegabytes),
    stateBytes: of(label, ({stateBytes}) => stateBytes ?? NaN),
  }));
}

type Figure = Exclude<keyof Cost, 'label'>;

/** Linear is an exponent of 1; a hundredfold at 0.03 is 1.15 times as much. */
const LINEAR = 1.1;
const CONSTANT = 0.03;

function measuresOf(
  {name, isFlat}: Series,
  costs: readonly Cost[],
): readonly Measure[] {
  const bounded = (figure: Figure, what: string, most: number): Measure => {
    const subject = {measure: `growth with ${name}: ${what}`, unit: 'exponent'};
    return withinLimit(subject, [exponentOf(figure, costs)], most);
  };
  const linear = [
    bounded('seconds', 'clock time over values', LINEAR),
    bounded('cpuSeconds', 'CPU time over values', LINEAR),
  ];
  if (!isFlat) return linear;
  return [
    ...linear,
    bounded('megabytes', 'peak RSS over values', CONSTANT),
    bounded('stateBytes', 'state over values', CONSTANT),
  ];
}

function exponentOf(figure: Figure, costs: readonly Cost[]): number {
  return exponent(costs.map((cost) => [cost.records, cost[figure]]));
}

const FIGURES = ['seconds', 'cpuSeconds', 'megabytes', 'stateBytes'] as const;

function tableOf({name}: Series, costs: readonly Cost[]): string {
  const fixed = (value: number): string => value.toFixed(value < 100 ? 2 : 0);
  return columns([
    [`growth with ${name}`, 'values', 's', 'CPU s', 'peak MB', 'state bytes'],
    ...costs.map((cost) => [
      cost.label,
      cost.records.toLocaleString('en-US'),
      ...FIGURES.map((figure) => fixed(cost[figure])),
    ]),
    ['exponent', '', ...FIGURES.map((figure) => exponentOf(figure, costs).toFixed(3))],
  ]);
}
