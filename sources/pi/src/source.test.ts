import {
  parseConfig,
  type AnySourceStream,
  type JsonObject,
  type SourceContext,
} from 'airbyte-cdk-ts';
import {
  startSimulator,
  TRUTH_STREAMS,
  truthRecords,
  type Simulator,
  type TruthStream,
} from 'pi-simulator';

import {InstantClock} from './client/scripted-http.stand-in';
import type {PiConfig} from './config';
import {PiSource} from './source';
import {runStream} from './streams/stream-run.stand-in';

const FROM = '2026-03-01T00:00:00Z';
const NOW = '2026-03-01T02:00:00Z';
const LATER = '2026-03-01T03:00:00Z';

describe('source-pi', () => {
  it('says what it found', async () => {
    await using plant = await plantOf();
    const {source, config} = plant;

    await expect(source.check(config, CONTEXT)).resolves.toContain(
      'and batch requests are allowed.',
    );
  });

  it('says who must act when it is not let in', async () => {
    await using plant = await plantOf();
    const {source, simulator} = plant;
    const credentials = {auth_type: 'basic', username: 'pi-reader', password: 'wrong'};
    const config = configOf(source, {base_url: simulator.url, credentials});

    await expect(source.check(config, CONTEXT)).rejects.toMatchObject({
      failureType: 'config_error',
    });
  });

  it('delivers exactly what PI holds, and in the next sync what came since', async () => {
    await using plant = await plantOf();
    const first = await sync(plant);

    for (const [name, records] of first.records) {
      const told = truth(plant.simulator, name, [FROM, NOW]);
      expect(sorted(fieldsOf(told, records))).toEqual(sorted(told));
    }

    plant.simulator.advanceClock(LATER);
    const second = await sync(plant, first.states);

    const events = second.records.get('timeseries') ?? [];
    expect(sorted(events)).toEqual(
      sorted(truth(plant.simulator, 'timeseries', [NOW, LATER])),
    );
    const frames = second.records.get('event_frames') ?? [];
    const told = truth(plant.simulator, 'event_frames', [NOW, LATER]);
    expect(sorted(fieldsOf(told, frames))).toEqual(sorted(told));
  });

  it('delivers the same from a server that allows small answers only and stumbles', async () => {
    await using plant = await plantOf({
      maxReturnedItems: 50,
      faults: [
        {match: 'GET /piwebapi/dataservers', status: 503, times: 1},
        {match: 'POST /piwebapi/batch', after: 1, truncateAfterBytes: 500, times: 1},
        {match: 'GET /piwebapi/assetdatabases', truncateAfterBytes: 100, times: 1},
      ],
    });

    const {records} = await sync(plant);

    for (const [name, delivered] of records) {
      const told = truth(plant.simulator, name, [FROM, NOW]);
      expect(sorted(fieldsOf(told, delivered))).toEqual(sorted(told));
    }
  });
});

/** A declaration in the words of the protocol. */
const nothing = (): void => undefined;

const CONTEXT: SourceContext = {
  log: {error: nothing, warn: nothing, info: nothing, debug: nothing},
  signal: new AbortController().signal,
  rateLimit: {waiting: nothing, resumed: nothing},
};

interface Plant extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly source: PiSource;
  readonly config: PiConfig;
}

async function plantOf(
  options: Parameters<typeof startSimulator>[0] = {},
): Promise<Plant> {
  const simulator = await startSimulator({
    ...{now: NOW, historyStart: FROM, points: 12},
    ...options,
  });
  const {url: base_url, username, password} = simulator;
  const source = new PiSource(new InstantClock());
  const credentials = {auth_type: 'basic', username, password};
  return {
    simulator,
    source,
    config: configOf(source, {base_url, credentials}),
    [Symbol.asyncDispose]: async () => {
      await source.close();
      await simulator.close();
    },
  };
}

function configOf({configSchema}: PiSource, part: JsonObject): PiConfig {
  return parseConfig(configSchema, {
    base_url: 'https://pi.test/piwebapi',
    credentials: {auth_type: 'bearer', token: 't'},
    start_date: FROM,
    settle_seconds: 0,
    event_frames: {lookback_hours: 0},
    ...part,
  });
}

type States = ReadonlyMap<string, JsonObject>;

async function sync(
  {source, config}: Plant,
  states: States = new Map(),
): Promise<{records: ReadonlyMap<TruthStream, readonly JsonObject[]>; states: States}> {
  const streams: readonly AnySourceStream[] = await source.streams(config, CONTEXT);
  const records = new Map<TruthStream, readonly JsonObject[]>();
  const after = new Map<string, JsonObject>();
  for (const stream of streams) {
    const name = stream.declaration.name as TruthStream;
    const stored = name === 'af_elements' ? undefined : states.get(name);
    const run = await runStream(stream, {stored});
    if (TRUTH_STREAMS.includes(name)) records.set(name, run.records);
    after.set(name, run.state);
  }
  return {records, states: after};
}

function truth(
  simulator: Simulator,
  stream: TruthStream,
  [from, to]: readonly [string, string],
): readonly object[] {
  return [...truthRecords(simulator, stream, {from, to})];
}

/** Of the records what the truth tells: it knows nothing of how a sync went. */
function fieldsOf(
  told: readonly object[],
  records: readonly JsonObject[],
): readonly object[] {
  const names = new Set(told.flatMap((record) => Object.keys(record)));
  return records.map((record) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => names.has(name))),
  );
}

/** Records by their key, as text with members in order: cheap to compare by thousands. */
function sorted(records: readonly object[]): string[] {
  return records
    .map((record) => JSON.stringify(Object.entries(record).sort(byName)))
    .sort();
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
