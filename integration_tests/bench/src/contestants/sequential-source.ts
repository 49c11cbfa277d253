/**
 * A correct sequential reader: one request per point and page, the next one when the
 * last was answered. `sequential-source TASK.json`; it is told its points beforehand.
 */
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {Agent, type IncomingMessage, request as httpRequest} from 'node:http';
import {json} from 'node:stream/consumers';

import {BenchError} from '../bench-error';
import {LineWriter} from './line-writer';
import type {PointFacts} from './reading-task';
import type {RecordedValue} from './recorded-answers';

/** What to read of whom, as a file of JSON. */
export interface SequentialTask {
  /** Base URL of the PI Web API. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Events in `[start, end)` are wanted; seven decimals. */
  readonly start: string;
  readonly end: string;
  /** By WebID. */
  readonly points: Readonly<Record<string, PointFacts>>;
}

const PAGE = 10_000;
const agent = new Agent({keepAlive: true, maxSockets: 1});

async function run(task: SequentialTask): Promise<void> {
  const writer = new LineWriter(task.points, task.end);
  for (const webId of Object.keys(task.points)) {
    let from: string | undefined = task.start;
    while (from !== undefined) {
      const values: readonly RecordedValue[] = await page(task, webId, from);
      writer.write({WebId: webId, Items: values});
      from = values.length < PAGE ? undefined : values.at(-1)?.Timestamp;
    }
  }
  writer.flush();
  agent.destroy();
}

async function page(
  {url, username, password, end}: SequentialTask,
  webId: string,
  from: string,
): Promise<readonly RecordedValue[]> {
  const asked = new URLSearchParams({
    startTime: from,
    endTime: end,
    maxCount: String(PAGE),
    selectedFields:
      'Items.Timestamp;Items.Value;Items.Good;Items.Questionable;Items.Substituted;Items.Annotated',
  });
  const request = httpRequest(`${url}/streams/${webId}/recorded?${asked.toString()}`, {
    agent,
    auth: `${username}:${password}`,
  });
  request.end();
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) {
    throw new BenchError(`${webId} was answered with ${answer.statusCode ?? 0}.`);
  }
  const {Items} = (await json(answer)) as {readonly Items: readonly RecordedValue[]};
  return Items;
}

void run(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as SequentialTask);
