import {rmSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../../bench-error';
import type {SequentialTask} from '../../contestants/sequential-source';
import type {PointFacts} from '../../contestants/reading-task';
import {digestFile} from '../../lines/record-digest';
import type {Command} from '../../process/run';
import {document} from '../../products/documents';
import {NOW, startDistantPlant, type PlantHello} from '../../products/plant';
import {program} from '../../products/programs';
import {preparedSync} from '../../products/sync';
import {judged, type Target} from '../../report/measure';
import {compared} from '../../statistics';
import type {BenchContext, Findings} from '../context';
import {readCounted, writeLines} from '../counted';
import {pointFacts} from '../readers';
import {figures, interleaved, perSecond, type Contestant} from '../sample';
import {plantFor, STEADY} from './steady-points';

const START = '2026-03-02T05:00:00Z';
/** The sequential reader reads every so many-th point; its time is scaled. */
const SHARE = 100;
const OURS = 'source-pi, an hour of many points';
const SEQUENTIAL = 'sequential reader, one request per point';
const TARGET: Target = {bound: 'at least', ratio: 20};

/** One hour of many points at one event a minute, against one request per point. */
export async function measureHour(
  points: number,
  context: BenchContext,
): Promise<Findings> {
  const folder = join(context.scratch, 'hour');
  await using plant = await startDistantPlant({points: plantFor(points), days: 1});
  const settings = {points: STEADY, start: START, end: NOW};
  const ours = await preparedSync(folder, plant.hello, settings);
  const lines = join(folder, 'lines.ndjson');
  await writeLines(ours, lines);
  const facts = await pointFacts(lines);
  const share = everyNth(facts);
  const task = document(folder, 'task.json', taskOf(plant.hello, share));
  const sequential = program(
    require.resolve('../../contestants/sequential-source'),
    task,
  );
  const part = await provenPart({ours: lines, share, sequential});
  const {records} = await digestFile(lines);
  rmSync(lines);
  const contestants: readonly Contestant[] = [
    {name: OURS, run: () => readCounted(ours, records)},
    {name: SEQUENTIAL, run: () => readCounted(sequential, part)},
  ];
  const samples = await interleaved(contestants, context.rounds, context.say);
  const [here, there] = [OURS, SEQUENTIAL].map((one) =>
    figures(samples, one, perSecond),
  );
  const count = Object.keys(facts).length;
  const measure = `an hour of ${count} points against a request per point (of 1/${SHARE} of them)`;
  const subject = {measure, unit: 'values/s', rounds: context.rounds};
  return {
    samples,
    measures: [judged(subject, compared(here ?? [], there ?? []), TARGET)],
  };
}

type Points = Readonly<Record<string, PointFacts>>;

function everyNth(points: Points): Points {
  const chosen = Object.entries(points).filter((_, position) => position % SHARE === 0);
  return Object.fromEntries(chosen);
}

function taskOf(hello: PlantHello, points: Points): SequentialTask {
  const [start, end] = [START, NOW].map((instant) => instant.replace('Z', '.0000000Z'));
  return {...hello, start: start ?? '', end: end ?? '', points};
}

interface Part {
  /** Messages of source-pi of all points. */
  readonly ours: string;
  readonly share: Points;
  readonly sequential: Command;
}

/** Both must have the same rows of the shared points; resolves with their number. */
async function provenPart({ours, share, sequential}: Part): Promise<number> {
  const theirs = `${ours}.sequential`;
  await writeLines(sequential, theirs);
  const expected = await digestFile(ours, (line) => {
    const webId = /"tag_webid":"([^"]+)"/.exec(line)?.[1];
    return webId !== undefined && webId in share;
  });
  const found = await digestFile(theirs);
  rmSync(theirs);
  if (found.sum === expected.sum && found.records > 0) return found.records;
  const counts = `${found.records} instead of ${expected.records}`;
  throw new BenchError(`The sequential reader emitted other records: ${counts}.`);
}
