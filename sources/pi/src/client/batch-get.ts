import {SystemError} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {saidIn, webExceptionOf, type Refusal} from './answer';
import {failureOf} from './failure';
import {graver, type PassingFailure} from './passing-failure';
import type {PiHttp} from './pi-http';
import {pathWithQuery, type Query} from './query';

/** One GET inside a batch. */
export interface BatchItem {
  readonly path: readonly string[];
  readonly query?: Query;
}

/** What became of one GET: its content in the known shape, or a lasting refusal. */
export type BatchResult<T> =
  | {readonly ok: true; readonly content: T}
  | {readonly ok: false; readonly refusal: Refusal};

const MAX_ATTEMPTS = 4;

/**
 * `POST /batch` of independent GETs; the results stand in the order of the items. A
 * sub-request that fails in passing is asked again, alone; one that fails for good is a
 * refusal in the result. Rejects where the failure does not pass.
 */
export async function batchGet<T extends z.ZodType>(
  http: PiHttp,
  items: readonly BatchItem[],
  shape: T,
): Promise<readonly BatchResult<z.output<T>>[]> {
  const results: BatchResult<z.output<T>>[] = [];
  let open = items.map((item, index) => ({item, index}));
  for (let attempt = 1; open.length > 0; attempt++) {
    const answers = await ask(
      http,
      open.map(({item}) => item),
    );
    const again: typeof open = [];
    let why: PassingFailure = {};
    for (const [place, entry] of open.entries()) {
      const result = resultOf(answers[place], shape);
      results[entry.index] = result;
      if (result.ok || !mayPass(result.refusal)) continue;
      if (attempt >= MAX_ATTEMPTS)
        throw failureOf(result.refusal, {path: 'batch'}).error;
      again.push(entry);
      why = graver(why, {status: result.refusal.status});
    }
    if (again.length > 0) await http.backoff(attempt, why);
    open = again;
  }
  return results;
}

const SubAnswer = z.looseObject({Status: z.int(), Content: z.unknown().optional()});
const BatchAnswer = z.record(z.string(), SubAnswer);

type SubAnswers = readonly (z.output<typeof SubAnswer> | undefined)[];

async function ask(http: PiHttp, items: readonly BatchItem[]): Promise<SubAnswers> {
  const entries = items.map(({path, query}, index) => {
    const resource = `${http.baseUrl}/${pathWithQuery(path, query)}`;
    return [idOf(index), {Method: 'GET', Resource: resource}];
  });
  const body = await http.batch(JSON.stringify(Object.fromEntries(entries)));
  const answers = BatchAnswer.parse(JSON.parse(body.toString('utf8')));
  return items.map((_, index) => answers[idOf(index)]);
}

function idOf(index: number): string {
  return `r${index}`;
}

function resultOf<T extends z.ZodType>(
  answer: SubAnswers[number],
  shape: T,
): BatchResult<z.output<T>> {
  if (answer === undefined) {
    return {
      ok: false,
      refusal: {status: 502, said: 'The sub-request was not answered.'},
    };
  }
  const {Status: status, Content: content} = answer;
  if (status !== 200) return {ok: false, refusal: {status, said: saidIn(content)}};
  const exception = webExceptionOf(content);
  if (exception !== undefined) return {ok: false, refusal: exception};
  const parsed = shape.safeParse(content);
  if (parsed.success) return {ok: true, content: parsed.data};
  throw new SystemError('PI Web API answered in a shape that is not known.', {
    details: {path: 'batch', issue: z.prettifyError(parsed.error).slice(0, 300)},
  });
}

function mayPass(refusal: Refusal): boolean {
  return failureOf(refusal, {}).retry;
}
