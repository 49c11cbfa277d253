import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';

import {answerKey} from './answer-key';
import {RecordingReader} from './recording';

/** Serves the answers of a recording and does nothing else. */
export interface AnswerServer extends AsyncDisposable {
  readonly origin: string;
}

/**
 * Serves the recording in `folder` on a free port of the loopback. What was not recorded
 * is a 404 that says so, and is told to `onMiss` as well.
 */
export async function startAnswerServer(
  folder: string,
  onMiss: (request: string) => void,
): Promise<AnswerServer> {
  const recording = new RecordingReader(folder);
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', (request, response) => {
    answer(request, response, {recording, origin, onMiss}).catch((thrown: unknown) => {
      response.destroy(thrown instanceof Error ? thrown : undefined);
    });
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

interface Serving {
  readonly recording: RecordingReader;
  readonly origin: string;
  readonly onMiss: (request: string) => void;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  {recording, onMiss, ...serving}: Serving,
): Promise<void> {
  const {method = 'GET', url: path = '/', headers} = request;
  // Whoever asks through a link knows this server by another address.
  const origin = headers.host === undefined ? serving.origin : `http://${headers.host}`;
  const body = await text(request);
  const exchange = recording.exchange(answerKey({method, path, body}, origin));
  if (exchange === undefined) {
    onMiss(`${method} ${path} ${body.slice(0, 500)}`);
    response.writeHead(404, {'content-type': 'application/json'});
    response.end('{"Errors":["This request was not recorded."]}');
    return;
  }
  const bytes = recording.body(exchange, origin);
  response.writeHead(exchange.status, {
    ...exchange.headers,
    'content-length': bytes.length,
  });
  response.end(bytes);
}
