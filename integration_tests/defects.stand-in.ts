import {type Simulator, startSimulator, truthRecords} from 'pi-simulator';

import {Emitter} from '../airbyte-cdk-ts/src/output/emitter';
import {OutputQueue} from '../airbyte-cdk-ts/src/output/output-queue';
import {Redactor} from '../airbyte-cdk-ts/src/output/redaction';
import {parseConfiguredCatalog} from '../airbyte-cdk-ts/src/protocol/configured-catalog';
import {parseInputState} from '../airbyte-cdk-ts/src/protocol/input-state';
import type {Json, JsonObject} from '../airbyte-cdk-ts/src/protocol/json';
import {readSource} from '../airbyte-cdk-ts/src/source/source-commands';
import {InstantClock} from '../sources/pi/src/client/scripted-http.stand-in';
import {PiSource} from '../sources/pi/src/source';
import {
  type Rewrite,
  rewritingProxy,
} from '../sources/pi/src/transport/rewriting-proxy.stand-in';

export const START = '2026-03-02T00:00:00Z';
export const NOW = '2026-03-02T06:00:00Z';

export type Row = Readonly<Record<string, unknown>>;
type SimulatorOptions = NonNullable<Parameters<typeof startSimulator>[0]>;
type Stored = NonNullable<SimulatorOptions['stored']>[number];
type Truth = Parameters<typeof truthRecords>[1];

/** What one reading said, from its first message to its last. */
export interface Reading {
  readonly messages: readonly Row[];
  /** Whether the program would have ended with exit code 0. */
  readonly isComplete: boolean;
}

interface ReadOrder {
  readonly streams?: readonly string[];
  /** STATE messages to go on from. */
  readonly states?: readonly unknown[];
  readonly settings?: JsonObject;
  /** How fast the reader of the output is: told of each block. */
  readonly onBlock?: () => Promise<void>;
}

/** A PI System and the source that reads it. */
export interface Site extends AsyncDisposable {
  readonly simulator: Simulator;
  read(order?: ReadOrder): Promise<Reading>;
  truth(stream: Truth, from?: string, to?: string): readonly Row[];
}

/** Starts a PI System; `rewrite` lies about the answers to `POST /batch`. */
export async function open(
  options: SimulatorOptions & {readonly settings?: JsonObject} = {},
  rewrite?: Rewrite,
): Promise<Site> {
  const {settings, ...plant} = options;
  const simulator = await startSimulator({
    ...{now: NOW, historyStart: START, points: 0, plants: 1},
    ...plant,
  });
  const proxy =
    rewrite === undefined ? undefined : await rewritingProxy(simulator.url, rewrite);
  const {url, username, password} = simulator;
  const config = {
    base_url: proxy?.url ?? url,
    credentials: {auth_type: 'basic', username, password},
    start_date: START,
    settle_seconds: 0,
    ...settings,
  };
  return {
    simulator,
    read: ({settings: more, ...order} = {}) => read({...config, ...more}, order),
    truth: (stream, from = START, to = simulator.now()) => [
      ...truthRecords(simulator, stream, {from, to}),
    ],
    [Symbol.asyncDispose]: async () => {
      await proxy?.[Symbol.asyncDispose]();
      await simulator.close();
    },
  };
}

async function read(
  config: JsonObject,
  {streams = ['timeseries', 'tag_status'], states = [], onBlock}: ReadOrder,
): Promise<Reading> {
  let text = '';
  const queue = new OutputQueue(async (blocks) => {
    await onBlock?.();
    const bytes = Buffer.concat(blocks);
    text += bytes.toString();
    return bytes.length;
  });
  const redactor = new Redactor();
  const emitter = new Emitter(queue, {redactor, logLevel: 'INFO', now: () => 0});
  const source = new PiSource(new InstantClock());
  const order = {
    config,
    catalog: accepted(parseConfiguredCatalog(catalogOf(streams))),
    states: accepted(parseInputState(states as Json)),
    checkpointIntervalMs: 0,
  };
  const isComplete = await readSource(source, order, {
    ...{emitter, redactor, checkMemory: () => undefined, clockMs: () => 0},
    ...{signal: new AbortController().signal, every: () => () => undefined},
  }).catch((thrown: unknown) => {
    emitter.error(thrown);
    return false;
  });
  await queue.flush();
  const messages = text.split('\n').slice(0, -1);
  return {messages: messages.map((line) => JSON.parse(line) as Row), isComplete};
}

function accepted<Value>(
  parsed: {readonly value: Value} | {readonly problem: string},
): Value {
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.value;
}

function catalogOf(streams: readonly string[]): Json {
  return {
    streams: streams.map((name) => {
      const isIncremental = ['timeseries', 'event_frames'].includes(name);
      return {
        stream: {name, json_schema: {}, supported_sync_modes: []},
        sync_mode: isIncremental ? 'incremental' : 'full_refresh',
        destination_sync_mode: isIncremental ? 'append_dedup' : 'overwrite',
      };
    }),
  };
}

/** Rows of a stream in the order of their lines. */
export function rowsOf({messages}: Pick<Reading, 'messages'>, stream: string): Row[] {
  return messages.flatMap(({record}) => {
    const {stream: name, data} = (record ?? {}) as {stream?: string; data?: Row};
    return name === stream && data !== undefined ? [data] : [];
  });
}

/** The last state of each stream. */
export function statesOf({messages}: Pick<Reading, 'messages'>): readonly unknown[] {
  const last = new Map<string, unknown>();
  for (const {type, state} of messages) {
    if (type !== 'STATE') continue;
    const {stream} = state as {stream: {stream_descriptor: {name: string}}};
    last.set(stream.stream_descriptor.name, state);
  }
  return [...last.values()];
}

/** What the messages say to people: logs and errors. */
export function saidIn({messages}: Reading): string {
  return messages
    .filter(({log, trace}) => log !== undefined || trace !== undefined)
    .map((message) => JSON.stringify(message))
    .join('\n');
}

/** What rows lack of the truth, and what they have besides: the first few of each. */
export interface Difference {
  readonly missing: readonly string[];
  readonly surplus: readonly string[];
}

export const NONE: Difference = {missing: [], surplus: []};

/**
 * Compares row by row in the fields that the truth tells, whatever the order: what a row
 * says beyond them is about the sync and not about the plant.
 */
export function difference(rows: readonly Row[], truth: readonly Row[]): Difference {
  const fields = new Set(truth.flatMap((row) => Object.keys(row)));
  const left = new Map<string, number>();
  for (const row of truth) count(left, textOf(row, fields), 1);
  for (const row of rows) count(left, textOf(row, fields), -1);
  const texts = (sign: number): string[] =>
    [...left].flatMap(([text, n]) => (n * sign > 0 ? [text] : [])).slice(0, SHOWN);
  return {missing: texts(1), surplus: texts(-1)};
}

const SHOWN = 3;

function count(counts: Map<string, number>, text: string, change: number): void {
  counts.set(text, (counts.get(text) ?? 0) + change);
}

function textOf(row: Row, fields: ReadonlySet<string>): string {
  const told = Object.entries(row)
    .filter(([name, value]) => fields.has(name) && value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(told);
}

/** The newest row of each key: what a table holds that is merged by it. */
export function merged(rows: readonly Row[]): Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const {tag_webid: tag, timestamp, sequence, event_frame_id: frame} = row;
    byKey.set(JSON.stringify([tag, timestamp, sequence, frame]), row);
  }
  return [...byKey.values()];
}

/** A point that is written at even intervals, its values counting up from 0. */
export function steady(
  name: string,
  {
    every,
    count,
    from = START,
  }: {readonly every: number; readonly count: number; readonly from?: string},
): Stored {
  const start = Date.parse(from);
  return {
    ...{name, type: 'Float64', units: 'degC'},
    events: Array.from({length: count}, (_, index) => ({
      timestamp: new Date(start + index * every).toISOString(),
      value: index,
    })),
  };
}
