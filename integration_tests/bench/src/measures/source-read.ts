import {rmSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import {digestFile, type RecordDigest} from '../lines/record-digest';
import type {Command} from '../process/run';
import {judged, type Measure, type Target} from '../report/measure';
import {compared} from '../statistics';
import type {BenchContext, Findings} from './context';
import {readCounted, writeLines} from './counted';
import type {ServedHistory} from './history';
import {readersOf} from './readers';
import {
  figures,
  interleaved,
  perCpuSecond,
  perSecond,
  type Contestant,
  type Sample,
} from './sample';

const OURS = 'source-pi';
const FLOOR = 'floor';
const FAROS = 'faros engine';
const TARGET: Target = {bound: 'at least', ratio: 0.5};

/**
 * `source-pi read` against the floor program and the engine of faros-airbyte-cdk.
 *
 * @param lines Path of the messages that source-pi emits of the history.
 */
export async function measureSourceRead(
  served: ServedHistory,
  lines: string,
  context: BenchContext,
): Promise<Findings> {
  const {ours, floor, faros} = await readersOf(served, lines);
  const {records} = served.history;
  const expected = await digestFile(lines);
  await proveEqual(FLOOR, floor, {expected, context});
  await proveEqual(FAROS, faros, {expected, context});
  const contestants: readonly Contestant[] = [
    {name: OURS, run: () => readCounted(ours, records)},
    {name: FLOOR, run: () => readCounted(floor, records)},
    {name: FAROS, run: () => readCounted(faros, records)},
  ];
  const samples = await interleaved(contestants, context.rounds, context.say);
  return {samples, measures: measuresOf(samples, context.rounds)};
}

interface Proof {
  readonly expected: RecordDigest;
  readonly context: BenchContext;
}

/** A contestant must emit the very records of source-pi, in whatever order. */
async function proveEqual(
  name: string,
  command: Command,
  {expected, context}: Proof,
): Promise<void> {
  const path = join(context.scratch, `${command.name}.ndjson`);
  await writeLines(command, path);
  const found = await digestFile(path);
  if (found.sum !== expected.sum || found.records !== expected.records) {
    const counts = `${found.records} instead of ${expected.records}`;
    throw new BenchError(`${name} emitted other records: ${counts} (${path}).`);
  }
  context.say(`  ${name}: the same ${found.records} records as source-pi`);
  rmSync(path);
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
