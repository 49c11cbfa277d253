import {once} from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
  type ServerResponse,
} from 'node:http';
import type {AddressInfo} from 'node:net';
import {buffer} from 'node:stream/consumers';

import {answerKey} from './answer-key';
import type {RecordingWriter} from './recording';

/** Stands before a PI Web API and writes down what is asked and answered. */
export interface RecordingProxy extends AsyncDisposable {
  readonly origin: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Headers that belong to one connection, not to the answer. */
const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** @param target Origin of the server that answers, such as `http://127.0.0.1:8443`. */
export async function startRecordingProxy(
  target: string,
  recording: RecordingWriter,
): Promise<RecordingProxy> {
  const server = createServer((request, response) => {
    record(request, response).catch((thrown: unknown) => {
      response.writeHead(502, {'content-type': 'text/plain'});
      response.end(String(thrown));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function record(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const {method = 'GET', url: path = '/'} = request;
    const sent = await buffer(request);
    const answer = await ask(target, request, sent);
    const requestBody = sent.toString('utf8');
    const key = answerKey({method, path, body: requestBody}, origin);
    recording.add({key, method, path, requestBody, ...answer}, origin);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  return {
    origin,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function ask(
  target: string,
  {method, url, headers}: IncomingMessage,
  body: Buffer,
): Promise<Answer> {
  // The Host header goes on as it came, so that the answer's links point here.
  const forward = httpRequest(new URL(url ?? '/', target), {
    ...(method === undefined ? {} : {method}),
    headers: {...headers, 'content-length': body.length},
  });
  forward.end(body);
  const [message] = (await once(forward, 'response')) as [IncomingMessage];
  const answer = await buffer(message);
  return {
    status: message.statusCode ?? 502,
    headers: {...lasting(message.headers), 'content-length': String(answer.length)},
    body: answer,
  };
}

function lasting(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || OF_THE_CONNECTION.has(name)) continue;
    kept[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return kept;
}
