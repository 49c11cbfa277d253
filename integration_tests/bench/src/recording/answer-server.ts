import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';

import {answerKey} from './answer-key';
import {ComposedAnswers} from './composed-answers';
import {inflatedCopy} from './inflated';
import {RecordingReader} from './recording';
import {ValueStore} from './value-store';

/** Serves the answers of a recording and does nothing else. */
export interface AnswerServer extends AsyncDisposable {
  readonly origin: string;
}

/** How a recording is served. */
export interface ServingOptions {
  readonly onMiss: (request: string) => void;
  /**
   * Answers stand plain, and other windows and groups than the recorded ones are
   * answered as well; otherwise every answer goes out as it came in.
   */
  readonly composes: boolean;
}

/**
 * Serves the recording in `folder` on a free port of the loopback. What it does not hold
 * is a 404 that says so, and is told to `onMiss` as well. `GET /usage` tells the
 * processor time of this process so far, as `process.cpuUsage` has it.
 */
export async function startAnswerServer(
  folder: string,
  {onMiss, composes}: ServingOptions,
): Promise<AnswerServer> {
  const {recording, composed} = composes ? composing(folder) : replaying(folder);
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', (request, response) => {
    answer(request, response, {recording, composed, origin, onMiss}).catch(
      (thrown: unknown) => {
        response.destroy(thrown instanceof Error ? thrown : undefined);
      },
    );
  });
  return {
    origin,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      recording.close();
    },
  };
}

interface Content {
  readonly recording: RecordingReader;
  readonly composed: ComposedAnswers | undefined;
}

function replaying(folder: string): Content {
  return {recording: new RecordingReader(folder), composed: undefined};
}

/** What is compressed is inflated beforehand, into a folder beside it. */
function composing(folder: string): Content {
  const plain = join(folder, 'plain');
  inflatedCopy(folder, plain);
  const recording = new RecordingReader(plain);
  const composed = new ComposedAnswers(new ValueStore(plain, recording), recording);
  return {recording, composed};
}

interface Serving extends Content {
  readonly origin: string;
  readonly onMiss: (request: string) => void;
}

const JSON_TYPE = {'content-type': 'application/json; charset=utf-8'};

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  serving: Serving,
): Promise<void> {
  const {method = 'GET', url: path = '/'} = request;
  const body = await text(request);
  const composed = isBatch(request) ? serving.composed?.answer(body) : undefined;
  if (composed !== undefined) {
    response.writeHead(207, {...JSON_TYPE, 'content-length': composed.length});
    response.once('close', () => serving.composed?.sent(composed));
    response.end(composed);
  } else if (path === '/usage') {
    response.writeHead(200, JSON_TYPE).end(JSON.stringify(process.cpuUsage()));
  } else if (!replay(request, response, {body, ...serving})) {
    serving.onMiss(`${method} ${path} ${body.slice(0, 500)}`);
    response.writeHead(404, JSON_TYPE);
    response.end('{"Errors":["This request was not recorded."]}');
  }
}

const isBatch = ({method, url}: IncomingMessage): boolean =>
  method === 'POST' && url?.endsWith('/batch') === true;

/** Sends what was answered to the same request; false where it was not recorded. */
function replay(
  {method = 'GET', url: path = '/', headers}: IncomingMessage,
  response: ServerResponse,
  {body, recording, ...serving}: Serving & {readonly body: string},
): boolean {
  // Whoever asks through a link knows this server by another address.
  const origin = headers.host === undefined ? serving.origin : `http://${headers.host}`;
  const exchange = recording.exchange(answerKey({method, path, body}, origin));
  if (exchange === undefined) return false;
  const bytes = recording.body(exchange, origin);
  response.writeHead(exchange.status, {
    ...exchange.headers,
    'content-length': bytes.length,
  });
  response.end(bytes);
  return true;
}
