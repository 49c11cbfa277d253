import {once} from 'node:events';
import {Agent, type IncomingMessage, request as httpRequest} from 'node:http';
import {gunzipSync} from 'node:zlib';

import {BenchError} from '../bench-error';
import {withOrigin} from '../recording/answer-key';
import {recordedExchanges, type RecordedExchange} from '../recording/recording';

/** A value of PI Web API as it stands in an answer. */
export interface RecordedValue {
  readonly Timestamp: string;
  readonly Value: number | string | boolean | null | DigitalState;
  readonly UnitsAbbreviation?: string;
  readonly Good?: boolean;
  readonly Questionable?: boolean;
  readonly Substituted?: boolean;
  readonly Annotated?: boolean;
}

/** A digital or system state as a value. */
interface DigitalState {
  readonly Name: string;
  readonly Value: number;
  readonly IsSystem?: boolean;
}

/** The values of one point in one answer. */
export interface RecordedStream {
  readonly WebId: string;
  readonly Items: readonly RecordedValue[];
}

interface SubAnswer {
  readonly Status: number;
  readonly Content: {readonly Items: readonly RecordedStream[]};
}

/**
 * Asks a server for everything a recording holds, in its order and one answer ahead, and
 * yields the batch answers, parsed. What a reader does who knows beforehand what to ask.
 */
export async function* recordedAnswers(
  folder: string,
  origin: string,
): AsyncGenerator<readonly RecordedStream[]> {
  const agent = new Agent({keepAlive: true});
  const exchanges = wanted(folder);
  let next = ask(exchanges[0], {origin, agent});
  for (const [position, exchange] of exchanges.entries()) {
    const body = await next;
    next = ask(exchanges[position + 1], {origin, agent});
    if (exchange.path.endsWith('/batch')) yield* streamsOf(body);
  }
  agent.destroy();
}

/** What to ask again of a recording: not what was challenged or failed. */
export function wanted(folder: string): readonly RecordedExchange[] {
  return recordedExchanges(folder).filter(({status}) => status < 400);
}

/** Where to ask, and by which connections. */
export interface Place {
  readonly origin: string;
  readonly agent: Agent;
}

async function ask(
  exchange: RecordedExchange | undefined,
  place: Place,
): Promise<Buffer> {
  if (exchange === undefined) return Buffer.alloc(0);
  const answer = await respond(exchange, place);
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return answer.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

/** Asks as it was recorded; rejects for an answer of another status. */
export async function respond(
  {path, method, requestBody, status}: RecordedExchange,
  {origin, agent}: Place,
): Promise<IncomingMessage> {
  const request = httpRequest(new URL(path, origin), {
    method,
    agent,
    headers: {'content-type': 'application/json'},
  });
  request.end(withOrigin(requestBody, origin));
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  if (answer.statusCode === status) return answer;
  throw new BenchError(`${path} was answered with ${answer.statusCode ?? 0}.`);
}

function* streamsOf(body: Buffer): Generator<readonly RecordedStream[]> {
  const answers = JSON.parse(body.toString('utf8')) as Readonly<
    Record<string, SubAnswer>
  >;
  for (const {Status, Content} of Object.values(answers)) {
    if (Status !== 200)
      throw new BenchError(`A sub-request was answered with ${Status}.`);
    yield Content.Items;
  }
}
