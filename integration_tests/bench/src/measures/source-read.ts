import {rmSync, statSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import {digestFile, type RecordDigest} from '../lines/record-digest';
import type {Command} from '../process/run';
import {feed} from '../products/programs';
import {pythonReader} from '../products/python';
import {judged, notRun, type Measure, type Target} from '../report/measure';
import {compared, median} from '../statistics';
import {drained} from './answer-server';
import type {BenchContext, Findings} from './context';
import {readCounted, readDiscarded, writeLines} from './counted';
import {readersOf, type ReadHistory} from './readers';
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
const PYTHON = 'Python reader';
/** What stands at the end of every pipe here, fed from a file. */
const DISCARD = 'discarding reader alone';
/** What stands at the beginning, asked for the same by who looks at nothing. */
const SERVER = 'answer server alone';

/** What source-pi is held against; the slow ones read a share of the history. */
interface Rival {
  readonly name: typeof FLOOR | typeof FAROS | typeof PYTHON;
  readonly measure: string;
  readonly target: Target;
}

const RIVALS: readonly Rival[] = [
  {
    name: FLOOR,
    measure: 'source read against the floor',
    target: {bound: 'at least', ratio: 2},
  },
  {
    name: FAROS,
    measure: 'source read against the faros engine (1/4 of the history)',
    target: {bound: 'at least', ratio: 10},
  },
  {
    name: PYTHON,
    measure: 'source read against a Python reader (1/4 of the history)',
    target: {bound: 'at least', ratio: 20},
  },
];

/** The history that is read, and the part of it that slow contestants read. */
export interface ReadHistories {
  readonly whole: ReadHistory;
  readonly share: ReadHistory;
}

/**
 * `source-pi read` against the floor program, the engine of faros-airbyte-cdk and a
 * sequential reader in Python.
 */
export async function measureSourceRead(
  histories: ReadHistories,
  context: BenchContext,
): Promise<Findings> {
  const {rivals, absent} = await rivalsOf(histories, context);
  const {read, history} = histories.whole.served;
  const {records} = history;
  const emitted = await readCounted(read, records);
  const ours: Contestant = {name: OURS, run: () => readDiscarded(read, emitted)};
  const feeding = feed(histories.whole.lines);
  const discarding: Contestant = {
    name: DISCARD,
    run: () => readDiscarded(feeding, emitted),
  };
  const server: Contestant = {
    name: SERVER,
    run: () => drained(histories.whole.served),
  };
  const contestants = [ours, ...rivals, discarding, server];
  const samples = await interleaved(contestants, context.rounds, context.say);
  const measures = RIVALS.flatMap((rival) =>
    rival.name === PYTHON && absent !== undefined
      ? notRun(rival.measure, absent, rival.target)
      : measuresOf(rival, samples, context.rounds),
  );
  const others = ([DISCARD, SERVER] as const).map((name) =>
    headroom(name, samples, context.rounds),
  );
  return {samples, measures: [...measures, ...others], tables: [serverTable(samples)]};
}

interface Rivals {
  readonly rivals: readonly Contestant[];
  /** Why the Python reader does not run; undefined where it does. */
  readonly absent?: string;
}

/** Those that run here, each proven to emit the records of source-pi. */
async function rivalsOf(
  {whole, share}: ReadHistories,
  context: BenchContext,
): Promise<Rivals> {
  const [{floor}, {faros, python}] = [await readersOf(whole), await readersOf(share)];
  const [all, part] = [
    await Judge.of(whole, context.scratch),
    await Judge.of(share, context.scratch),
  ];
  const rivals = [await all.admit(FLOOR, floor), await part.admit(FAROS, faros)];
  const found = pythonReader();
  if ('notRun' in found) {
    context.say(`  ${PYTHON}: not run. ${found.notRun}`);
    return {rivals, absent: found.notRun};
  }
  rivals.push(await part.admit(PYTHON, python(found.interpreter)));
  return {rivals};
}

/** Lets a reader take part that emits the very records of source-pi, in whatever order. */
class Judge {
  private constructor(
    private readonly expected: RecordDigest,
    private readonly scratch: string,
  ) {}

  static async of({lines}: ReadHistory, scratch: string): Promise<Judge> {
    return new Judge(await digestFile(lines), scratch);
  }

  async admit(name: string, command: Command): Promise<Contestant> {
    const {expected} = this;
    const path = join(this.scratch, `${command.name}.ndjson`);
    await writeLines(command, path);
    const found = await digestFile(path);
    if (found.sum !== expected.sum || found.records !== expected.records) {
      const counts = `${found.records} instead of ${expected.records}`;
      throw new BenchError(`${name} emitted other records: ${counts} (${path}).`);
    }
    const emitted = {records: expected.records, bytes: statSync(path).size};
    rmSync(path);
    return {name, run: () => readDiscarded(command, emitted)};
  }
}

/** Neither who takes the lines nor who answers must be what limits the source. */
function headroom(
  other: typeof DISCARD | typeof SERVER,
  samples: readonly Sample[],
  rounds: number,
): Measure {
  const rates = (name: string): readonly number[] => figures(samples, name, perSecond);
  const measure = `${other} against source read`;
  const unit = other === DISCARD ? 'lines/s' : 'values/s';
  // A faster source lowers this ratio, which is no loss.
  const subject = {measure, unit, rounds, notHeld: true} as const;
  const target: Target = {bound: 'at least', ratio: 1.5};
  return judged(subject, compared(rates(other), rates(OURS)), target);
}

/** What the answers cost whoever reads on the same cores. */
function serverTable(samples: readonly Sample[]): string {
  const cost = 1e6 / median(figures(samples, SERVER, perCpuSecond));
  return `Answer server alone: ${cost.toFixed(3)} CPU s per million values.\n`;
}

/** By clock time, which is judged, and by processor time. */
function measuresOf(
  {name, measure, target}: Rival,
  samples: readonly Sample[],
  rounds: number,
): readonly Measure[] {
  const of = (figure: (sample: Sample) => number): ReturnType<typeof compared> =>
    compared(figures(samples, OURS, figure), figures(samples, name, figure));
  const cpu = {measure: `${measure}, CPU`, unit: 'values/CPU s', rounds};
  return [
    judged({measure, unit: 'values/s', rounds}, of(perSecond), target),
    judged(cpu, of(perCpuSecond)),
  ];
}
