import {ConnectorError} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {halves} from '../sync/bisect';
import {FIRST_APPETITE} from '../sync/appetite';
import {streamsets} from '../sync/groups';
import type {PiPoint} from '../sync/pi-point';
import {saidIn, webExceptionOf, type Refusal} from './answer';
import type {PiHttp} from './pi-http';
import {pathWithQuery, type Query} from './query';
import {treatmentOf} from './treatment';

/** What is asked of every point of a set. */
export interface StreamSet<Item extends {readonly point: PiPoint}> {
  readonly items: readonly Item[];
  readonly query: Query;
}

/** What PI says of one point: a stream in a form not looked at yet, or why there is none. */
export type StreamAnswer =
  | {readonly ok: true; readonly stream: unknown}
  | {readonly ok: false; readonly refusal: Refusal};

/** What became of a whole question. */
export interface StreamAnswers<Item> {
  readonly byItem: ReadonlyMap<Item, StreamAnswer>;
  /** Requests to PI. */
  readonly requests: number;
}

const SETS_PER_BATCH = 8;
const ATTEMPTS = 2;
/** A bad point among a hundred is found with seven; more tell of the server. */
const MOST_REFUSALS = 24;
const NOT_ANSWERED: Refusal = {status: 502, said: 'The point was not in the answer.'};

/**
 * `POST /batch` of `GET streamsets/<resource>`. A refused set is halved until those at
 * fault stand alone, within a bound: this is for questions that a sync can do without,
 * so a refusal is an answer like another and never rejects.
 */
export async function askStreamSets<Item extends {readonly point: PiPoint}>(
  http: PiHttp,
  resource: string,
  sets: readonly StreamSet<Item>[],
): Promise<StreamAnswers<Item>> {
  const asking = new Asking(http, resource, sets);
  while (await asking.next());
  return asking;
}

interface Asked<Item extends {readonly point: PiPoint}> extends StreamSet<Item> {
  readonly attempt: number;
}

class Asking<Item extends {readonly point: PiPoint}> implements StreamAnswers<Item> {
  readonly byItem = new Map<Item, StreamAnswer>();
  requests = 0;
  #queue: Asked<Item>[];
  #refusals = 0;

  constructor(
    private readonly http: PiHttp,
    private readonly resource: string,
    sets: readonly StreamSet<Item>[],
  ) {
    this.#queue = sets.flatMap(({items, query}) =>
      withinUrl(items).map((part) => ({items: part, query, attempt: 1})),
    );
  }

  /** Asks one batch. False when nothing is left to ask. */
  async next(): Promise<boolean> {
    const batch = this.#queue.splice(0, SETS_PER_BATCH);
    if (batch.length === 0) return false;
    this.requests += 1;
    const answers = await this.#ask(batch);
    const again = batch.flatMap((set, index) =>
      this.#take(set, answers[index] ?? notAnswered()),
    );
    if (again.some(({attempt}) => attempt > 1)) await this.http.backoff(1);
    this.#queue.unshift(...again);
    return true;
  }

  async #ask(batch: readonly Asked<Item>[]): Promise<readonly SetAnswer[]> {
    const resources = batch.map(({items, query}, index) => {
      const webId = items.map(({point}) => point.webId);
      const all = {webId, ...query, webIdType: 'IDOnly'};
      const path = pathWithQuery(['streamsets', this.resource], all);
      return [`r${index}`, {Method: 'GET', Resource: `${this.http.baseUrl}/${path}`}];
    });
    try {
      const body = await this.http.batch(JSON.stringify(Object.fromEntries(resources)));
      const answers = BatchAnswer.safeParse(jsonOf(body)).data ?? {};
      return batch.map((_, index) => setAnswer(answers[`r${index}`]));
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      const {status} = error.details;
      const refusal = {
        status: typeof status === 'number' ? status : 0,
        said: error.message,
      };
      return batch.map(() => ({refusal, isFinal: true}));
    }
  }

  /** What of a set is to be asked again. */
  #take(set: Asked<Item>, answer: SetAnswer): readonly Asked<Item>[] {
    if ('refusal' in answer) return this.#takeRefusal(set, answer);
    for (const item of set.items) {
      const stream = answer.streams.get(item.point.webId);
      const found = {ok: true, stream} as const;
      this.byItem.set(item, stream === undefined ? refused(NOT_ANSWERED) : found);
    }
    return [];
  }

  #takeRefusal(
    set: Asked<Item>,
    {refusal, isFinal}: RefusedSet,
  ): readonly Asked<Item>[] {
    this.#refusals += 1;
    const isEnough = isFinal || this.#refusals > MOST_REFUSALS;
    const again = isEnough ? [] : retried(set, refusal);
    if (again.length > 0) return again;
    for (const item of set.items) this.byItem.set(item, refused(refusal));
    return [];
  }
}

/** Once more where that may help, then each half by itself; empty for a lone point. */
function retried<Item extends {readonly point: PiPoint}>(
  set: Asked<Item>,
  {status}: Refusal,
): readonly Asked<Item>[] {
  const {retry, shrink} = treatmentOf(status);
  if (retry && set.attempt < ATTEMPTS) return [{...set, attempt: set.attempt + 1}];
  if (!shrink || set.items.length < 2) return [];
  return halves(set.items).map((items) => ({...set, items}));
}

function refused(refusal: Refusal): StreamAnswer {
  return {ok: false, refusal};
}

/** As many points as a URL holds; the values of an answer are few. */
function withinUrl<Item extends {readonly point: PiPoint}>(
  items: readonly Item[],
): readonly (readonly Item[])[] {
  return streamsets(items, {
    maxValues: Infinity,
    maxCountLimit: Infinity,
    maxConcurrency: 1,
    urlBytes: FIRST_APPETITE.urlBytes,
  });
}

interface RefusedSet {
  readonly refusal: Refusal;
  /** Asking again is of no use. */
  readonly isFinal: boolean;
}
type SetAnswer = {readonly streams: ReadonlyMap<unknown, unknown>} | RefusedSet;

const BatchAnswer = z.record(
  z.string(),
  z.looseObject({Status: z.int(), Content: z.unknown().optional()}),
);
const StreamItems = z.looseObject({Items: z.array(z.looseObject({WebId: z.string()}))});

function setAnswer(
  answer: z.output<typeof BatchAnswer>[string] | undefined,
): SetAnswer {
  if (answer === undefined) return notAnswered();
  const {Status: status, Content: content} = answer;
  if (status !== 200) return refusedSet({status, said: saidIn(content)});
  const exception = webExceptionOf(content);
  if (exception !== undefined) return refusedSet(exception);
  const items = StreamItems.safeParse(content);
  if (!items.success)
    return refusedSet({status: 502, said: 'The answer has no streams.'});
  return {streams: new Map(items.data.Items.map((item) => [item.WebId, item]))};
}

function refusedSet(refusal: Refusal): RefusedSet {
  return {refusal, isFinal: false};
}

function notAnswered(): RefusedSet {
  return refusedSet(NOT_ANSWERED);
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
