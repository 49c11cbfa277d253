import {mkdirSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import type {Command} from '../process/run';
import {startServer, type Server} from '../process/server';
import {configuredCatalog, document, sourceConfig} from '../products/documents';
import {startPlant, type PlantHello, type Scale} from '../products/plant';
import {executable, program} from '../products/programs';
import {recordedExchanges, RecordingWriter} from '../recording/recording';
import {startRecordingProxy} from '../recording/recording-proxy';
import type {LinkCost} from '../recording/throttled-link';
import {readCounted} from './counted';

/** A plant's history, recorded as the answers that source-pi asks for. */
export interface History {
  readonly scale: Scale;
  readonly folder: string;
  readonly recording: string;
  /** Path of the configured catalog. */
  readonly catalog: string;
  /** RECORD messages that source-pi emits of it. */
  readonly records: number;
  readonly requests: number;
  readonly answerBytes: number;
}

/** The answer server knows requests, not accounts. */
const ANYBODY: Omit<PlantHello, 'url'> = {username: 'bench', password: 'bench'};

/**
 * Lets source-pi read a simulated plant once, with a proxy between them that records.
 * Only here does the simulator work.
 */
export async function recordHistory(folder: string, scale: Scale): Promise<History> {
  const recording = join(folder, 'recording');
  mkdirSync(recording, {recursive: true});
  const {catalog, records} = await recorded({folder, recording, scale});
  const exchanges = recordedExchanges(recording);
  const answerBytes = exchanges.reduce((sum, {length}) => sum + length, 0);
  const requests = exchanges.length;
  return {scale, folder, recording, catalog, records, requests, answerBytes};
}

async function recorded({
  folder,
  recording,
  scale,
}: Pick<History, 'folder' | 'recording' | 'scale'>): Promise<
  Pick<History, 'catalog' | 'records'>
> {
  await using plant = await startPlant(scale);
  using writer = new RecordingWriter(recording);
  const {origin, pathname} = new URL(plant.hello.url);
  await using proxy = await startRecordingProxy(origin, writer);
  const hello = {...plant.hello, url: `${proxy.origin}${pathname}`};
  const settings = sourceConfig(hello, scale, {inTurn: true});
  const config = document(folder, 'recorded-config.json', settings);
  const catalog = document(folder, 'catalog.json', await configuredCatalog(config));
  const {records} = await readCounted(sourceRead(config, catalog));
  return {catalog, records};
}

/** A history behind an answer server. */
export interface ServedHistory extends AsyncDisposable {
  readonly history: History;
  readonly origin: string;
  /** `source-pi read` of this history. */
  readonly read: Command;
}

/** How a history is served, if not as {@link serveHistory} does it by itself. */
export interface Serving {
  /** A network that stands between the server and whoever asks, as a stand-in. */
  readonly link?: LinkCost | undefined;
  /**
   * Answers go out as they were recorded, compressed or not, so that source-pi has to ask
   * in the order of the recording: one request at a time.
   */
  readonly isReplayed: boolean;
}

/**
 * Serves a history from a process of its own, its answers plain and put together as they
 * are asked for.
 */
export async function serveHistory(
  history: History,
  {link, isReplayed}: Serving = {isReplayed: false},
): Promise<ServedHistory> {
  const {folder, recording, scale, catalog} = history;
  const script = require.resolve('../recording/serve-answers');
  const kind = isReplayed ? 'replayed' : 'composed';
  const answers = await startServer<Origin>(program(script, recording, kind));
  const server = link === undefined ? answers : await linked(answers, link);
  const {origin} = server.hello;
  const hello = {...ANYBODY, url: `${origin}${pathOfApi(recording)}`};
  const settings = sourceConfig(hello, scale, {inTurn: isReplayed});
  const read = sourceRead(document(folder, 'config.json', settings), catalog);
  const dispose = (): PromiseLike<void> => server[Symbol.asyncDispose]();
  return {history, origin, read, [Symbol.asyncDispose]: dispose};
}

interface Origin {
  readonly origin: string;
}

/** The same server behind a link; both end together. */
async function linked(
  answers: Server<Origin>,
  {roundTripMs, megabits}: LinkCost,
): Promise<Server<Origin>> {
  const {port} = new URL(answers.hello.origin);
  const script = require.resolve('../recording/serve-throttled');
  const costs = [roundTripMs, megabits].map(String);
  const link = await startServer<Origin>(program(script, port, ...costs));
  const dispose = async (): Promise<void> => {
    await link[Symbol.asyncDispose]();
    await answers[Symbol.asyncDispose]();
  };
  return {hello: link.hello, [Symbol.asyncDispose]: dispose};
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
