import type {
  ConfiguredStream,
  DestinationSession,
  IncomingRecord,
  JsonObject,
  Log,
  StreamWriter,
} from 'airbyte-cdk-ts';

import {configSchema} from './config';
import {UnityDestination} from './destination';
import type {Lake} from './lake/lake';
import {MemoryLake} from './writer/memory-lake.stand-in';

/** Schema of a text. */
export const TEXT = {type: 'string'};
/** Settings of a trial, as a user writes them. */
export const CONFIG = {engine: {type: 'local', path: 'nowhere'}, schema: 'pi'};

/** Syncs begun so far: each has a number of its own, and all make the same raw ids. */
let starts = 0n;
const RAW_IDS = 0x0123456789abcdefn;

/** Opens the writer of a stream. */
export type Open = DestinationSession['open'];

/** A sync under way, for tests. */
export interface Started<Kind extends Lake> {
  readonly destination: UnityDestination;
  readonly open: Open;
  readonly close: () => Promise<void>;
  readonly lake: Kind;
  /** What was warned about. */
  readonly said: readonly string[];
}

/** A sync that begins on the lake. */
export function start(): Started<MemoryLake>;
export function start<Kind extends Lake>(
  lake: Kind,
  settings?: JsonObject,
): Started<Kind>;
export function start(
  lake: Lake = new MemoryLake(),
  settings: JsonObject = {},
): Started<Lake> {
  starts += 1n;
  const bits = [starts << 12n];
  const said: string[] = [];
  const destination = new UnityDestination({
    openLake: () => lake,
    nowMs: () => 1767000000000,
    randomBits: () => bits.shift() ?? RAW_IDS,
  });
  const config = configSchema.parse({...CONFIG, ...settings});
  const session = destination.session(config, {log: logInto(said)});
  return {
    destination,
    open: async (stream) => (await session).open(stream),
    close: async () => (await session).close(),
    lake,
    said,
  };
}

/** A log of which every sentence can be read. */
export function logInto(said: string[]): Log {
  const say = (message: string): void => void said.push(message);
  return {error: say, warn: say, info: say, debug: say};
}

/** Writes a stream to its end. */
export async function write(
  open: Open,
  stream: ConfiguredStream,
  rows: readonly JsonObject[],
): Promise<void> {
  await written(await open(stream), rows).then((writer) => writer.finish('complete'));
}

/** Records in batches of a hundred, all flushed. */
export async function written(
  writer: StreamWriter,
  rows: readonly JsonObject[],
): Promise<StreamWriter> {
  for (const [at, data] of rows.entries()) {
    writer.record(record(data), 100);
    if (at % 100 === 99) await writer.flush();
  }
  await writer.flush();
  return writer;
}

/** A record with boring facts around its data. */
export function record(data: JsonObject): IncomingRecord {
  return {data, emitted_at: 1767225600000};
}

/** What a test says of its stream. */
export interface Boring {
  readonly name?: string;
  readonly properties?: JsonObject;
  readonly mode?: ConfiguredStream['destinationSyncMode'];
  readonly primaryKey?: ConfiguredStream['primaryKey'];
  readonly generation?: readonly [id: number, minimum: number] | undefined;
}

/** A stream with boring defaults. */
export function stream({
  name = 'Tags',
  properties = {id: {type: 'integer'}, name: TEXT},
  mode = 'append',
  primaryKey = [],
  generation,
}: Boring): ConfiguredStream {
  return {
    descriptor: {name},
    jsonSchema: {type: 'object', properties},
    syncMode: 'incremental',
    destinationSyncMode: mode,
    cursorField: [],
    primaryKey,
    generationId: generation?.[0],
    minimumGenerationId: generation?.[1],
    syncId: 1,
  };
}
