import {BenchError} from '../bench-error';
import {runAlone} from '../process/run';
import {executable, type Executable} from '../products/programs';
import {judged, type Measure} from '../report/measure';
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
const LIMIT_CPU_SECONDS = 0.3;
/** A run takes a fraction of a second, so more of them are had for little. */
const RUNS_PER_ROUND = 3;

/** Processor time of `spec`: what every command costs before it does anything. */
export async function measureStartUp({rounds, say}: BenchContext): Promise<Findings> {
  const contestants = CONNECTORS.map((name): Contestant => ({
    name: specOf(name),
    run: () => spec(name),
  }));
  const runs = rounds * RUNS_PER_ROUND;
  const samples = await interleaved(contestants, runs, say);
  return {samples, measures: CONNECTORS.map((name) => measureOf(name, samples))};
}

const specOf = (name: Executable): string => `${name}, spec`;

async function spec(name: Executable): Promise<Run> {
  const outcome = await runAlone(executable(name, 'spec'));
  if (outcome.said.includes('"SPEC"')) return sampleOf(outcome, 1);
  throw new BenchError(`${name} spec printed no specification.`);
}

function measureOf(name: Executable, samples: readonly Sample[]): Measure {
  const seconds = figures(samples, specOf(name), ({cpuSeconds}) => cpuSeconds);
  const limits = seconds.map(() => LIMIT_CPU_SECONDS);
  const subject = {measure: `${name} spec, CPU`, unit: 's', rounds: seconds.length};
  const target = {bound: 'at most', ratio: 1} as const;
  return judged(subject, compared(seconds, limits), target);
}
