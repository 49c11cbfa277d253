import {join} from 'node:path';

import {BenchError} from '../bench-error';
import {runAlone, type Command} from '../process/run';
import {destinationConfig, document, sourceConfig} from '../products/documents';
import {startPlant} from '../products/plant';
import {executable, program, type Executable} from '../products/programs';
import {judged, withinLimit, type Measure} from '../report/measure';
import {compared} from '../statistics';
import type {BenchContext, Findings} from './context';
import {
  figures,
  interleaved,
  sampleOf,
  type Contestant,
  type Run,
  type Sample,
} from './sample';

const CONNECTORS = ['source-pi', 'destination-unity'] as const;
type Connector = (typeof CONNECTORS)[number];
const BARE_NODE = 'bare Node';
const SPEC_CPU_SECONDS = 0.2;
const CHECK_SECONDS = 1;
/** A run takes a fraction of a second: many are had for little, and one says little. */
const RUNS_PER_ROUND = 9;
const PLANT = {points: 96, days: 1};

/** Processor time of `spec`: what every command costs before it does anything; and `check`. */
export async function measureStartUp(context: BenchContext): Promise<Findings> {
  const {rounds, say, scratch} = context;
  await using plant = await startPlant(PLANT);
  const configs: Readonly<Record<Connector, unknown>> = {
    'source-pi': sourceConfig(plant.hello, PLANT, {inTurn: false}),
    'destination-unity': destinationConfig(join(scratch, 'lake-to-check')),
  };
  const contestants = CONNECTORS.flatMap((name): readonly Contestant[] => {
    const config = document(scratch, `${name}-check.json`, configs[name]);
    const check = executable(name, 'check', '--config', config);
    return [
      {name: specOf(name), run: () => told(executable(name, 'spec'), '"SPEC"')},
      {name: checkOf(name), run: () => told(check, '"SUCCEEDED"')},
    ];
  });
  const bare = program(require.resolve('../contestants/bare-node'));
  contestants.push({name: BARE_NODE, run: () => told(bare, '')});
  const samples = await interleaved(contestants, rounds * RUNS_PER_ROUND, say);
  return {samples, measures: CONNECTORS.flatMap((name) => measuresOf(name, samples))};
}

const specOf = (name: Executable): string => `${name}, spec`;
const checkOf = (name: Executable): string => `${name}, check`;

async function told(command: Command, text: string): Promise<Run> {
  const outcome = await runAlone(command);
  if (outcome.said.includes(text)) return sampleOf(outcome, 1);
  throw new BenchError(`${command.name} ${command.args[0] ?? ''} did not say ${text}.`);
}

const cpu = ({cpuSeconds}: Sample): number => cpuSeconds;
const wall = ({wallSeconds}: Sample): number => wallSeconds;
const perCpu = ({cpuSeconds}: Sample): number => 1 / cpuSeconds;

function measuresOf(name: Connector, samples: readonly Sample[]): readonly Measure[] {
  const rounds = figures(samples, BARE_NODE, cpu).length;
  const runs = {measure: `${name} spec against bare Node`, unit: 'runs/CPU s', rounds};
  const [ours, bare] = [specOf(name), BARE_NODE].map((one) =>
    figures(samples, one, perCpu),
  );
  const spec = {measure: `${name} spec, CPU`, unit: 's'};
  const check = {measure: `${name} check, clock, on the loopback`, unit: 's'};
  return [
    withinLimit(spec, figures(samples, specOf(name), cpu), SPEC_CPU_SECONDS),
    judged(runs, compared(ours ?? [], bare ?? [])),
    withinLimit(check, figures(samples, checkOf(name), wall), CHECK_SECONDS),
  ];
}
