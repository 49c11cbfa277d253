import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import fc from 'fast-check';
import {type Simulator, startSimulator} from 'pi-simulator';

import {answerKey} from './answer-key';
import {type AnswerServer, startAnswerServer} from './answer-server';
import {RecordingWriter} from './recording';

const NOW = Date.parse('2026-03-02T06:00:00Z');
const HOUR_MS = 3_600_000;
const HOURS = 6;
const START = NOW - HOURS * HOUR_MS;
const FIELDS =
  'Items.WebId;Items.Items.Timestamp;Items.Items.Value;Items.Items.Good;Items.Items.Errors;WebException';

/** One question for recorded values; instants in milliseconds since 1970. */
interface Question {
  readonly webIds: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly maxCount: number;
  readonly boundaryType?: string;
}

describe('An answer server that composes', () => {
  let folder: string;
  let simulator: Simulator;
  let server: AnswerServer;
  let webIds: readonly string[];
  const misses: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bench-composed-'));
    simulator = await startSimulator({
      now: new Date(NOW).toISOString(),
      historyDays: HOURS / 24,
      points: 64,
    });
    webIds = await webIdsOf(simulator);
    await recordHours(simulator, webIds, folder);
    const onMiss = (request: string): unknown => misses.push(request);
    server = await startAnswerServer(folder, {onMiss, composes: true});
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await simulator.close();
    rmSync(folder, {recursive: true});
  });

  it('answers like the simulator, byte for byte, whatever the windows and groups', async () => {
    const instant = fc.integer({min: START, max: NOW - 1});
    const question = fc
      .record({
        webIds: fc.shuffledSubarray([...webIds], {minLength: 1, maxLength: 20}),
        ends: fc.tuple(instant, instant),
        maxCount: fc.oneof(
          fc.integer({min: 1, max: 5}),
          fc.integer({min: 1, max: 999}),
        ),
      })
      .map(({ends, ...rest}) => {
        return {...rest, from: Math.min(...ends), to: Math.max(...ends)};
      });

    const batch = fc.array(question, {minLength: 1, maxLength: 3});
    await fc.assert(
      fc.asyncProperty(batch, async (questions) => {
        const expected = await ask(simulator, batchOf(simulator.url, questions));
        const url = `${server.origin}/piwebapi`;
        const found = await ask({...simulator, url}, batchOf(url, questions));
        expect(found).toEqual(expected);
      }),
      {numRuns: 60},
    );
    expect(misses).toEqual([]);
  });

  it('counts both ends of a window, and every event of one instant', async () => {
    const {webId, instants} = await eventsOf(simulator, webIds);
    for (const at of instants) {
      const questions = [{webIds: [webId], from: at, to: at, maxCount: 10}];
      const expected = await ask(simulator, batchOf(simulator.url, questions));
      const url = `${server.origin}/piwebapi`;
      const found = await ask({...simulator, url}, batchOf(url, questions));
      expect(found).toEqual(expected);
    }
  });

  it.each<[string, Partial<Question>]>([
    ['a window that begins before what was recorded', {from: START - 1000}],
    ['a window that ends after it', {to: NOW + 1000}],
    ['a point that was not read', {webIds: ['I1DPunknown']}],
    ['a boundary that was not asked for', {boundaryType: 'Outside'}],
  ])('refuses %s', async (_, other) => {
    misses.length = 0;
    const url = `${server.origin}/piwebapi`;
    const whole = {webIds: webIds.slice(0, 1), from: START, to: NOW - 1, maxCount: 10};
    const answer = await ask({...simulator, url}, batchOf(url, [{...whole, ...other}]));
    expect([answer.status, misses.length]).toEqual([404, 1]);
  });
});

const instantOf = (ms: number): string =>
  new Date(ms).toISOString().replace('Z', '0000Z');

function batchOf(url: string, questions: readonly Question[]): string {
  const entries = questions.map(
    ({webIds, from, to, maxCount, boundaryType = 'Inside'}, place) => {
      const query = new URLSearchParams();
      for (const webId of webIds) query.append('webId', webId);
      query.append('startTime', instantOf(from));
      query.append('endTime', instantOf(to));
      query.append('boundaryType', boundaryType);
      query.append('maxCount', String(maxCount));
      query.append('webIdType', 'IDOnly');
      query.append('selectedFields', FIELDS);
      const resource = `${url}/streamsets/recorded?${query.toString()}`;
      return [`r${place}`, {Method: 'GET', Resource: resource}] as const;
    },
  );
  return JSON.stringify(Object.fromEntries(entries));
}

interface Asked {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

async function ask(
  {url, username, password}: Asked,
  body: string,
): Promise<{status: number; text: string}> {
  const sign = Buffer.from(`${username}:${password}`).toString('base64');
  const answer = await fetch(`${url}/batch`, {
    method: 'POST',
    headers: {authorization: `Basic ${sign}`, 'x-requested-with': 'test'},
    body,
  });
  return {status: answer.status, text: await answer.text()};
}

async function webIdsOf({
  url,
  username,
  password,
}: Simulator): Promise<readonly string[]> {
  const sign = Buffer.from(`${username}:${password}`).toString('base64');
  const get = async (path: string): Promise<readonly {WebId: string}[]> => {
    const headers = {authorization: `Basic ${sign}`};
    const answer = await fetch(`${url}${path}`, {headers});
    const {Items} = (await answer.json()) as {Items: readonly {WebId: string}[]};
    return Items;
  };
  const servers = await get('/dataservers?webIdType=IDOnly');
  const lists = await Promise.all(
    servers.map(({WebId}) => get(`/dataservers/${WebId}/points?webIdType=IDOnly`)),
  );
  return lists.flat().map(({WebId}) => WebId);
}

/** Reads hour after hour, in pages as small as a reader must turn. */
async function recordHours(
  simulator: Simulator,
  webIds: readonly string[],
  folder: string,
): Promise<void> {
  using writer = new RecordingWriter(folder);
  const {origin} = new URL(simulator.url);
  const record = async (question: Question): Promise<string> => {
    const requestBody = batchOf(simulator.url, [question]);
    const {status, text} = await ask(simulator, requestBody);
    const request = {method: 'POST', path: '/piwebapi/batch', requestBody};
    const key = answerKey({...request, body: requestBody}, origin);
    const body = Buffer.from(text);
    writer.add({...request, key, status, headers: {}, body}, origin);
    return text;
  };
  for (let hour = 0; hour < HOURS; hour += 1) {
    const from = START + hour * HOUR_MS;
    const to = from + HOUR_MS;
    const [few, all] = [{maxCount: 50}, {maxCount: 10_000}];
    // A page that ends early, and the next one from its last instant on.
    for (const webId of webIds.slice(0, 5)) {
      const text = await record({webIds: [webId], from, to, ...few});
      const last = instantsOf(text).at(-1);
      await record({webIds: [webId], from: last ?? from, to, ...all});
    }
    await record({webIds: webIds.slice(5), from, to, ...all});
  }
}

function instantsOf(text: string): readonly number[] {
  const found = text.matchAll(/"Timestamp":"([^"]+)"/g);
  return [...found].map(([, instant = '']) => Date.parse(instant));
}

/** A point and some instants near which it has events, to the millisecond. */
async function eventsOf(
  simulator: Simulator,
  webIds: readonly string[],
): Promise<{webId: string; instants: readonly number[]}> {
  const webId = webIds[0] ?? '';
  const question = {webIds: [webId], from: START, to: NOW - 1, maxCount: 40};
  const {text} = await ask(simulator, batchOf(simulator.url, [question]));
  return {webId, instants: instantsOf(text)};
}
