import {createReadStream, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';

import {BenchError} from '../../bench-error';
import type {Command} from '../../process/run';
import {document} from '../../products/documents';
import {startDistantPlant, type PlantHello} from '../../products/plant';
import {preparedSync} from '../../products/sync';
import {withinLimit, type Measure} from '../../report/measure';
import type {BenchContext, Findings} from '../context';
import {readCounted, writeLines} from '../counted';
import {figures, interleaved, type Contestant, type Sample} from '../sample';

const START = '2026-03-02T05:00:00Z';
const ONLY_EVENT = '2026-03-02T05:30:00Z';
/** An hour after the first sync. */
const LATER = '2026-03-02T07:00:00Z';
const SECONDS = 10;
const STATE_BYTES = 65_536;

/** A sync of points that have no new events: clock time and the size of its state. */
export async function measureQuiet(
  points: number,
  context: BenchContext,
): Promise<Findings> {
  const {scratch, rounds, say} = context;
  const stored = join(scratch, 'quiet-points.json');
  writeFileSync(stored, JSON.stringify(Array.from({length: points}, quietPoint)));
  await using plant = await startDistantPlant({stored});
  const folder = join(scratch, 'quiet');
  const first = await preparedSync(folder, plant.hello, {points: ['*'], start: START});
  const lines = join(folder, 'first.ndjson');
  await writeLines(first, lines);
  const {state, records} = await endOf(lines);
  if (records !== points) {
    throw new BenchError(`The first sync read ${records} events of ${points} points.`);
  }
  await advance(plant.hello, LATER);
  const path = document(folder, 'state.json', [state]);
  const next: Command = {...first, args: [...first.args, '--state', path]};
  const name = `${points} points without new events`;
  const sync: Contestant = {name, run: () => readCounted(next, 0)};
  const samples = await interleaved([sync], rounds, say);
  return {samples, measures: measuresOf(name, samples)};
}

function quietPoint(_: unknown, number: number): unknown {
  const name = `Quiet.TI-${String(number).padStart(5, '0')}`;
  return {name, type: 'Float64', events: [{timestamp: ONLY_EVENT, value: number / 7}]};
}

interface Message {
  readonly type: string;
  readonly state?: unknown;
}

/** The last state of a file of messages, and how many records it has. */
async function endOf(lines: string): Promise<{state: unknown; records: number}> {
  let state: unknown;
  let records = 0;
  for await (const line of createInterface({input: createReadStream(lines)})) {
    const message = JSON.parse(line) as Message;
    if (message.type === 'RECORD') records += 1;
    if (message.type === 'STATE') ({state} = message);
  }
  return {state, records};
}

async function advance(
  {url, username, password}: PlantHello,
  now: string,
): Promise<void> {
  const sign = Buffer.from(`${username}:${password}`).toString('base64');
  const answer = await fetch(new URL('/simulator/clock', url), {
    method: 'POST',
    headers: {authorization: `Basic ${sign}`, 'content-type': 'application/json'},
    body: JSON.stringify({now}),
  });
  if (!answer.ok) throw new BenchError(`The plant’s clock did not move to ${now}.`);
}

function measuresOf(name: string, samples: readonly Sample[]): readonly Measure[] {
  const of = (figure: (sample: Sample) => number): readonly number[] =>
    figures(samples, name, figure);
  const seconds = of(({wallSeconds}) => wallSeconds);
  const bytes = of(({stateBytes}) => stateBytes ?? NaN);
  return [
    withinLimit({measure: name, unit: 's'}, seconds, SECONDS),
    withinLimit({measure: `${name}: state`, unit: 'bytes'}, bytes, STATE_BYTES),
  ];
}
