import {rmSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import type {LineCounts} from '../lines/line-counter';
import {digestFile} from '../lines/record-digest';
import {runPipeline, type Command} from '../process/run';
import {discard} from '../products/programs';
import {judged, type Measure, type Target} from '../report/measure';
import {compared} from '../statistics';
import type {BenchContext, Findings} from './context';
import {writeLines, type ServedHistory} from './history';
import {
  figures,
  interleaved,
  perCpuSecond,
  perSecond,
  sampleOf,
  type Contestant,
  type Sample,
} from './sample';

const OURS = 'source-pi';
const FLOOR = 'floor';
const FAROS = 'faros engine';
const TARGET: Target = {bound: 'at least', ratio: 0.5};

/** `source-pi read` against the floor program and the engine of faros-airbyte-cdk. */
export async function measureSourceRead(
  served: ServedHistory,
  context: BenchContext,
): Promise<Findings> {
  const {ours, floor, faros, history} = served;
  const commands: readonly (readonly [string, Command])[] = [
    [OURS, ours],
    [FLOOR, floor],
    [FAROS, faros],
  ];
  await proveEqual(served, commands, context);
  const contestants = commands.map(([name, command]): Contestant => ({
    name,
    run: () => timed(command, history.records),
  }));
  const samples = await interleaved(contestants, context.rounds, context.say);
  return {samples, measures: measuresOf(samples, context.rounds)};
}

/** All contestants must emit the very records that were emitted while recording. */
async function proveEqual(
  {history}: ServedHistory,
  commands: readonly (readonly [string, Command])[],
  {scratch, say}: BenchContext,
): Promise<void> {
  const expected = await digestFile(history.lines);
  for (const [name, command] of commands) {
    const path = join(scratch, 'proof.ndjson');
    await writeLines(command, path);
    const found = await digestFile(path);
    if (found.sum !== expected.sum || found.records !== expected.records) {
      throw new BenchError(
        `${name} emitted ${found.records} records that are not the ${expected.records} recorded ones (${path}).`,
      );
    }
    say(`  ${name}: the same ${found.records} records`);
    rmSync(path);
  }
}

async function timed(
  command: Command,
  expected: number,
): Promise<ReturnType<typeof sampleOf>> {
  const [reader, counter] = await runPipeline([command, discard()]);
  if (reader === undefined || counter === undefined) {
    throw new BenchError(`${command.name} did not run.`);
  }
  const {records, remarks} = JSON.parse(counter.said) as LineCounts;
  if (records === expected) return sampleOf(reader, records);
  throw new BenchError(
    `${command.name} emitted ${records} records instead of ${expected}.\n${remarks.join('\n')}`,
  );
}

function measuresOf(samples: readonly Sample[], rounds: number): readonly Measure[] {
  const against = (
    other: string,
    [measure, unit]: readonly [string, string],
    [figure, target]: readonly [(sample: Sample) => number, Target?],
  ): Measure => {
    const comparison = compared(
      figures(samples, OURS, figure),
      figures(samples, other, figure),
    );
    return judged({measure, unit, rounds}, comparison, target);
  };
  const [wall, cpu] = ['values/s', 'values/CPU s'];
  return [
    against(FLOOR, ['source read against the floor', wall], [perSecond, TARGET]),
    against(FLOOR, ['source read against the floor, CPU', cpu], [perCpuSecond]),
    against(FAROS, ['source read against the faros engine', wall], [perSecond]),
    against(FAROS, ['source read against the faros engine, CPU', cpu], [perCpuSecond]),
  ];
}
