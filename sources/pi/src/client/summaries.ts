import {z} from 'zod';

import {latest, previousTick} from '../sync/instants';
import type {PiPoint} from '../sync/pi-point';
import type {PiTimestamp} from '../sync/pi-timestamp';
import type {Tally} from '../sync/audit';
import {saidIn, webExceptionOf, type Refusal} from './answer';
import type {PiHttp} from './pi-http';
import {askStreamSets, type StreamAnswer} from './stream-sets';
import {treatmentOf} from './treatment';

/** A point and a part of its history, the second instant exclusive. */
export interface CountSpan {
  readonly point: PiPoint;
  readonly from: PiTimestamp;
  readonly to: PiTimestamp;
}

/** What PI counts in each span, in the order of the spans. */
export interface Tallies {
  readonly tallies: readonly Tally[];
  /** Requests it took. */
  readonly requests: number;
}

/**
 * How many events PI itself counts, by `GET streamsets/summary` inside `POST /batch`.
 *
 * PI's ends are inclusive: asked for is up to the tick before the end, exactly as the
 * events are. Does not reject for what PI refuses: that is a tally too.
 */
export async function countEvents(
  http: PiHttp,
  spans: readonly CountSpan[],
): Promise<Tallies> {
  const sets = [...sameWindows(spans).values()].map((items) => ({
    items,
    query: queryOf(items[0]),
  }));
  const {byItem, requests} = await askStreamSets(http, 'summary', sets);
  return {tallies: spans.map((span) => tallyOf(byItem.get(span))), requests};
}

function sameWindows(
  spans: readonly CountSpan[],
): ReadonlyMap<string, [CountSpan, ...CountSpan[]]> {
  const windows = new Map<string, [CountSpan, ...CountSpan[]]>();
  for (const span of spans) {
    const key = `${span.from}/${span.to}`;
    const known = windows.get(key);
    if (known === undefined) windows.set(key, [span]);
    else known.push(span);
  }
  return windows;
}

function queryOf({from, to}: CountSpan): Record<string, string> {
  return {
    startTime: from,
    endTime: latest(from, previousTick(to)),
    summaryType: 'Count',
    calculationBasis: 'EventWeighted',
    selectedFields: SELECTED_FIELDS,
  };
}

const SELECTED_FIELDS = [
  'Items.WebId',
  'Items.Items.Type',
  'Items.Items.Value.Value',
  'Items.Items.Value.Errors',
  'Items.Errors',
  'Items.WebException',
  'WebException',
].join(';');

const SummaryStream = z.looseObject({
  Items: z.array(
    z.looseObject({
      Type: z.string().nullish(),
      Value: z.looseObject({Value: z.unknown(), Errors: z.unknown().optional()}),
    }),
  ),
  Errors: z.unknown().optional(),
});
const SystemState = z.looseObject({Name: z.string(), Value: z.number().nullish()});

/** Code of the state with which PI says that there is nothing. */
const NO_DATA = 248;

function tallyOf(answer: StreamAnswer | undefined): Tally {
  if (answer === undefined) return none('PI did not answer for the point.');
  if (!answer.ok) return none(refusalText(answer.refusal));
  const exception = webExceptionOf(answer.stream);
  if (exception !== undefined) return none(refusalText(exception));
  const stream = SummaryStream.safeParse(answer.stream);
  return stream.success ? tallyOfStream(stream.data) : none(NO_COUNT);
}

const NO_COUNT = 'PI answered without a count.';

function tallyOfStream({Items, Errors}: z.output<typeof SummaryStream>): Tally {
  const errors = saidIn({Errors});
  if (errors !== '') return none(`PI could not count: ${errors}`);
  const count = Items.find(({Type}) => (Type ?? 'Count') === 'Count');
  if (count === undefined) return none(NO_COUNT);
  return tallyOfValue(count.Value);
}

function tallyOfValue({
  Value: value,
  Errors: errors,
}: {
  readonly Value: unknown;
  readonly Errors?: unknown;
}): Tally {
  if (Array.isArray(errors) && errors.length > 0) {
    return none('PI could not count and answered an error in place of the count.');
  }
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) {
    return {kind: 'count', events: value};
  }
  const state = SystemState.safeParse(value).data;
  if (state === undefined) return none('PI answered something that is no count.');
  if (state.Value === NO_DATA) return {kind: 'no_data'};
  return none(`PI answered the state "${state.Name}" in place of a count.`);
}

function refusalText({status, said}: Refusal): string {
  if (status === 0) return said;
  const what = said === '' ? treatmentOf(status).message : said;
  return `PI refused to count (${status}): ${what}`;
}

function none(reason: string): Tally {
  return {kind: 'none', reason};
}
