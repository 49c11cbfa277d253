import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';

import {startAnswerServer} from './answer-server';
import {recordedExchanges, RecordingReader, RecordingWriter} from './recording';
import {startRecordingProxy} from './recording-proxy';

const DATE = 'Mon, 02 Mar 2026 06:00:00 GMT';

/** Answers with what was asked, the links naming the host it was asked by. */
async function startEcho(): Promise<{server: Server; origin: string}> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const {method, url, headers} = request;
      const link = `http://${headers.host ?? ''}/next`;
      response.writeHead(207, {'content-type': 'application/json', date: DATE});
      response.end(JSON.stringify({method, url, body, link}));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  return {server, origin: `http://127.0.0.1:${port}`};
}

async function ask(
  origin: string,
): Promise<{status: number; date: string; body: string}> {
  const body = JSON.stringify({
    one: {Resource: `${origin}/piwebapi/streamsets/recorded`},
  });
  const answer = await fetch(`${origin}/piwebapi/batch?a=1`, {method: 'POST', body});
  const date = answer.headers.get('date') ?? '';
  return {status: answer.status, date, body: await answer.text()};
}

describe('A recording', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bench-recording-'));
  });
  afterEach(() => rmSync(folder, {recursive: true}));

  it('is served as it was recorded, under the origin of the server that serves it', async () => {
    const echo = await startEcho();
    const writer = new RecordingWriter(folder);
    const proxy = await startRecordingProxy(echo.origin, writer);
    const original = await ask(proxy.origin);
    await proxy[Symbol.asyncDispose]();
    writer[Symbol.dispose]();
    echo.server.close();

    const misses: string[] = [];
    const replay = await startAnswerServer(folder, {
      onMiss: (request) => misses.push(request),
      composes: false,
    });
    const replayed = await ask(replay.origin);
    expect(original.status).toBe(207);
    expect(replayed).toEqual({
      status: 207,
      date: DATE,
      body: original.body.replaceAll(proxy.origin, replay.origin),
    });
    expect(misses).toEqual([]);
    await replay[Symbol.asyncDispose]();
  });

  it('answers what was not recorded with a 404 and tells it', async () => {
    new RecordingWriter(folder)[Symbol.dispose]();
    const misses: string[] = [];
    const replay = await startAnswerServer(folder, {
      onMiss: (request) => misses.push(request),
      composes: false,
    });
    expect((await ask(replay.origin)).status).toBe(404);
    expect(misses).toHaveLength(1);
    await replay[Symbol.asyncDispose]();
  });

  it('gives the last of several answers to one request', () => {
    const writer = new RecordingWriter(folder);
    const request = {key: 'k', method: 'GET', path: '/', requestBody: ''};
    for (const status of [401, 200]) {
      const body = Buffer.from(`answer ${status}`);
      writer.add({...request, status, headers: {}, body}, 'http://127.0.0.1:1');
    }
    writer[Symbol.dispose]();
    const reader = new RecordingReader(folder);
    const exchange = reader.exchange('k')!;
    expect(exchange.status).toBe(200);
    expect(reader.body(exchange, '').toString()).toBe('answer 200');
    expect(recordedExchanges(folder)).toHaveLength(2);
    reader.close();
  });
});
