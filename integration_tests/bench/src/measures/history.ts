import {closeSync, createReadStream, mkdirSync, openSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';

import {BenchError} from '../bench-error';
import type {PointFacts, ReadingTask} from '../contestants/reading-task';
import type {LineCounts} from '../lines/line-counter';
import {runPipeline, type Command} from '../process/run';
import {startServer, type Server} from '../process/server';
import {configuredCatalog, document, sourceConfig} from '../products/documents';
import {NOW, startPlant, type PlantHello, type Scale} from '../products/plant';
import {discard, executable, program} from '../products/programs';
import {recordedExchanges, RecordingWriter} from '../recording/recording';
import {startRecordingProxy} from '../recording/recording-proxy';

/** A plant's history, recorded as the answers that source-pi asks for. */
export interface History {
  readonly scale: Scale;
  readonly folder: string;
  /** Path of the configured catalog. */
  readonly catalog: string;
  /** RECORD messages that source-pi emits of it. */
  readonly records: number;
  /** Path of the messages source-pi emitted while it was recorded. */
  readonly lines: string;
  readonly requests: number;
  readonly answerBytes: number;
}

/** Nobody looks at who asks: the answer server knows requests, not accounts. */
type Account = Pick<PlantHello, 'username' | 'password'>;

const ACCOUNT: Account = {username: 'bench', password: 'bench'};

/**
 * Lets source-pi read a simulated plant once, with a proxy between them that records.
 * Only here does the simulator work.
 */
export async function recordHistory(folder: string, scale: Scale): Promise<History> {
  mkdirSync(folder, {recursive: true});
  const plant = await startPlant(scale);
  const recording = new RecordingWriter(join(folder, 'recording'));
  const url = new URL(plant.hello.url);
  const proxy = await startRecordingProxy(url.origin, recording);
  const hello = {...plant.hello, url: `${proxy.origin}${url.pathname}`};
  const config = document(folder, 'recorded-config.json', sourceConfig(hello, scale));
  const catalog = document(folder, 'catalog.json', await configuredCatalog(config));
  const lines = join(folder, 'lines.ndjson');
  await writeLines(sourceRead(config, catalog), lines);
  await proxy.close();
  recording.close();
  await plant.stop();
  const records = (await countFile(lines)).records;
  const exchanges = recordedExchanges(join(folder, 'recording'));
  const answerBytes = exchanges.reduce((sum, {length}) => sum + length, 0);
  return {
    scale,
    folder,
    catalog,
    records,
    lines,
    requests: exchanges.length,
    answerBytes,
  };
}

/** Runs a command with its messages in a file, for judging them. */
export async function writeLines(command: Command, path: string): Promise<void> {
  const output = openSync(path, 'w');
  try {
    await runPipeline([command], output);
  } finally {
    closeSync(output);
  }
}

/** A history behind an answer server, and the programs that read it. */
export interface ServedHistory {
  readonly history: History;
  readonly ours: Command;
  readonly floor: Command;
  readonly faros: Command;
  stop(): Promise<void>;
}

/** Serves a history from a process of its own. */
export async function serveHistory(history: History): Promise<ServedHistory> {
  const {folder, scale, catalog, lines} = history;
  const recording = join(folder, 'recording');
  const server: Server<{origin: string}> = await startServer(
    program(require.resolve('../recording/serve-answers'), recording),
  );
  const {origin} = server.hello;
  const url = `${origin}${pathOfApi(recording)}`;
  const config = document(
    folder,
    'config.json',
    sourceConfig({url, ...ACCOUNT}, scale),
  );
  const end = NOW.replace('Z', '.0000000Z');
  const task: ReadingTask = {origin, recording, end, points: await pointFacts(lines)};
  const taskPath = document(folder, 'task.json', task);
  return {
    history,
    ours: sourceRead(config, catalog),
    floor: program(require.resolve('../contestants/floor-source'), taskPath),
    faros: program(
      require.resolve('../contestants/faros-source'),
      ...['read', '--config', taskPath, '--catalog', catalog],
    ),
    stop: () => server.stop(),
  };
}

function sourceRead(config: string, catalog: string): Command {
  return executable('source-pi', 'read', '--config', config, '--catalog', catalog);
}

/** `/piwebapi`: what stands before the path of a batch. */
function pathOfApi(recording: string): string {
  const batch = recordedExchanges(recording).find(({path}) => path.endsWith('/batch'));
  if (batch === undefined)
    throw new BenchError('source-pi asked for no recorded values.');
  return batch.path.slice(0, -'/batch'.length);
}

async function countFile(path: string): Promise<LineCounts> {
  const feeder = program(require.resolve('../lines/feed'), path);
  const [, counted] = await runPipeline([feeder, discard()]);
  return JSON.parse(counted?.said ?? '') as LineCounts;
}

/** Name and units of every point, as the records of source-pi have them. */
async function pointFacts(lines: string): Promise<Record<string, PointFacts>> {
  const points: Record<string, PointFacts> = {};
  for await (const line of createInterface({input: createReadStream(lines)})) {
    const webId = /"tag_webid":"([^"]+)"/.exec(line)?.[1];
    if (webId === undefined || webId in points) continue;
    const {record} = JSON.parse(line) as {
      record: {data: {tag_name: string; units?: string | null}};
    };
    const {tag_name: name, units} = record.data;
    points[webId] = {name, ...(typeof units === 'string' ? {units} : {})};
  }
  return points;
}
