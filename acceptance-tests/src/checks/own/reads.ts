import {accountOf} from '../../reading/account';
import {inside, linesOf, type Message, type Outcome} from '../../run/outcome';
import {
  incrementally,
  streamName,
  wholly,
  type ConfiguredCatalog,
  type DiscoveredStream,
} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import type {Ignored} from './record-digests';

/** A read that several checks look at. */
export interface Read {
  readonly catalog: ConfiguredCatalog;
  readonly outcome: Outcome;
}

/** A read from nothing as a sync does it: incrementally whatever can be read so. */
export function freshRead(stage: Stage, configPath: string): Promise<Read> {
  return stage.once(`fresh read ${configPath}`, async () => {
    const catalog = syncCatalog(await judgedStreams(stage, configPath));
    return {catalog, outcome: await stage.read({configPath, catalog})};
  });
}

/** The incremental streams, and a state in the middle of each. */
export interface Midway extends Read {
  readonly states: readonly Message[];
}

/** A fresh read of the incremental streams alone, and the states it passed midway. */
export function midwayRead(stage: Stage, configPath: string): Promise<Midway> {
  return stage.once(`midway read ${configPath}`, async () => {
    const catalog = incrementally(await judgedStreams(stage, configPath));
    const outcome = await stage.read({configPath, catalog});
    return {catalog, outcome, states: await middleStates(outcome)};
  });
}

/** A read from the states midway, handed back as they were printed. */
export function resumedRead(stage: Stage, configPath: string): Promise<Read> {
  return stage.once(`resumed read ${configPath}`, async () => {
    const {catalog, states: state} = await midwayRead(stage, configPath);
    return {catalog, outcome: await stage.read({configPath, catalog, state})};
  });
}

/** All streams but those that tell of the sync itself. */
async function judgedStreams(
  stage: Stage,
  configPath: string,
): Promise<readonly DiscoveredStream[]> {
  const accounts = stage.plan.own.accounts_of_syncs;
  const streams = await stage.streams(configPath);
  return streams.filter((stream) => !accounts.includes(streamName(stream)));
}

/** Fields that the plan says change between two reads. */
export function ignoredFields(stage: Stage): Ignored {
  const {determinism} = stage.plan.own;
  const all: [string, readonly string[]][] = Object.entries(
    determinism?.ignored_fields ?? {},
  );
  for (const test of [...stage.tests('basic_read'), ...stage.tests('full_refresh')]) {
    for (const [stream, fields] of Object.entries(test.ignored_fields)) {
      all.push([stream, fields.map(({name}) => name)]);
    }
  }
  const ignored: Record<string, readonly string[]> = {};
  for (const [stream, fields] of all) {
    ignored[stream] = [...(ignored[stream] ?? []), ...fields];
  }
  return ignored;
}

function syncCatalog(
  streams: Awaited<ReturnType<Stage['streams']>>,
): ConfiguredCatalog {
  const incremental = incrementally(streams).streams;
  const names = new Set(incremental.map(({stream}) => streamName(stream)));
  const others = streams.filter((stream) => !names.has(streamName(stream)));
  return {streams: [...incremental, ...wholly(others).streams]};
}

async function middleStates(outcome: Outcome): Promise<readonly Message[]> {
  const {streams} = await accountOf(outcome);
  const left = new Map(
    [...streams].map(([name, {states}]) => [name, Math.floor(states.length / 2)]),
  );
  const middle: Message[] = [];
  for await (const {message} of linesOf(outcome)) {
    const descriptor = inside(message, 'state', 'stream', 'stream_descriptor');
    if (message?.['type'] !== 'STATE' || descriptor === undefined) continue;
    const name = streamName(descriptor as {name: string});
    const before = left.get(name) ?? 0;
    left.set(name, before - 1);
    if (before === 0) middle.push(message['state'] as Message);
  }
  return middle;
}
