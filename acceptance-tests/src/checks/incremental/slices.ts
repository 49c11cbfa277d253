import type {IncrementalTest} from '../../config/airbyte-config';
import type {StateFact} from '../../reading/account';
import {inside, linesOf, type Message, type Outcome} from '../../run/outcome';
import {streamName, type ConfiguredStream} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {all, error, unless, type Finding} from '../check';
import {incrementalCatalog, readIncrementally, type IncrementalRead} from './reads';

/** A state to begin at, and how many records of the first read came after it. */
export interface Resumption {
  /** Which STATE of the stream it is, the first being 0. */
  readonly index: number;
  readonly remaining: number;
}

/** I2: reads on from states in the middle of each stream. */
export async function sliceFindings(
  stage: Stage,
  test: IncrementalTest,
): Promise<readonly Finding[]> {
  const {streams} = await incrementalCatalog(stage, test);
  return all(streams, (stream) => ofStream(stage, test, stream));
}

async function ofStream(
  stage: Stage,
  test: IncrementalTest,
  stream: ConfiguredStream,
): Promise<readonly Finding[]> {
  const name = streamName(stream.stream);
  const catalog = {streams: [stream]};
  const whole = await readIncrementally(stage, test, {catalog});
  const {states = [], records = 0} = whole.account.streams.get(name) ?? {};
  if (states.length === 0 || records === 0) return [];
  const chosen = resumptions(states, records);
  if (chosen.length === 0) {
    return [error(`${name}: no state counts a record, so there is none to resume at`)];
  }
  const kept = await statesAt(whole.outcome, name, chosen);
  return all(chosen, async (resumption) => {
    const state = kept.get(resumption.index);
    const rest = await readIncrementally(stage, test, {catalog, state: [state]});
    return resumedFindings(name, resumption, {whole, rest});
  });
}

/**
 * The states to resume at. Equal states in a row are one; a state that counts no record
 * is none. Of fewer than three the last, of more at most about five in the middle.
 */
export function resumptions(
  states: readonly Pick<StateFact, 'digest' | 'recordCount'>[],
  records: number,
): readonly Resumption[] {
  let remaining = records;
  const merged: {index: number; count: number; remaining: number}[] = [];
  states.forEach(({digest, recordCount = 0}, index) => {
    const last = merged.at(-1);
    remaining -= recordCount;
    if (last !== undefined && states[index - 1]?.digest === digest) {
      last.count += recordCount;
      last.remaining = remaining;
    } else {
      merged.push({index, remaining, count: recordCount});
    }
  });
  const counted = merged.filter(({count}) => count > 0);
  const every = Math.max(1, Math.floor(counted.length / 5));
  const isChosen = (i: number) => i > 0 && i < counted.length - 1 && i % every === 0;
  return counted
    .filter((_, i) => (counted.length < 3 ? i === counted.length - 1 : isChosen(i)))
    .map(({index, remaining: left}) => ({index, remaining: left}));
}

/** The chosen states of a stream, as they were printed. */
async function statesAt(
  outcome: Outcome,
  name: string,
  chosen: readonly Resumption[],
): Promise<ReadonlyMap<number, Message>> {
  const wanted = new Set(chosen.map(({index}) => index));
  const kept = new Map<number, Message>();
  let index = 0;
  for await (const {message} of linesOf(outcome)) {
    const descriptor = inside(message, 'state', 'stream', 'stream_descriptor');
    if (message?.['type'] !== 'STATE' || descriptor === undefined) continue;
    if (streamName(descriptor as {readonly name: string}) !== name) continue;
    if (wanted.has(index)) kept.set(index, message['state'] as Message);
    index += 1;
  }
  return kept;
}

function resumedFindings(
  name: string,
  {index, remaining}: Resumption,
  {whole, rest}: {readonly whole: IncrementalRead; readonly rest: IncrementalRead},
): readonly Finding[] {
  const {records} = rest.account;
  return [
    ...unless(
      records >= remaining,
      `${name}: resumed at its STATE ${index + 1} it brings ${records} of ` +
        `${remaining} records`,
    ),
    ...unless(
      rest.digest !== whole.digest,
      `${name}: resumed at its STATE ${index + 1} it brings all records again`,
    ),
  ];
}
