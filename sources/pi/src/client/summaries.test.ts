import fc from 'fast-check';

import {floatPoint} from '../sync/float-point.stand-in';
import type {PiPoint} from '../sync/pi-point';
import {fromEpochMs} from '../sync/pi-timestamp';
import type {HttpAnswer, HttpRequest} from '../transport/http';
import {jsonAnswer, piHttpOver, ScriptedHttp} from './scripted-http.stand-in';
import {countEvents, type CountSpan, type Tallies} from './summaries';

const HOUR_MS = 3_600_000;

describe('countEvents', () => {
  it('has a tally for every span: PI’s count, but for points that PI refuses', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({min: 0, max: 450}),
        fc.uniqueArray(fc.nat(449), {maxLength: 3}),
        fc.constantFrom(400, 403, 404, 409, 500, 502, 503),
        async (count, bad, status) => {
          const refused = new Set(bad);
          const spans = Array.from({length: count}, (_, index) => span(index));

          const {tallies} = await counted(spans, (points) =>
            points.some((point) => refused.has(point)) ? {status} : {count: 7},
          );

          expect(tallies).toHaveLength(count);
          const told = tallies.map((one) =>
            one.kind === 'count' ? one.events : undefined,
          );
          const expected = told.map((events, index) => {
            if (refused.has(index)) return undefined;
            return isBisected(status) ? 7 : events;
          });
          expect(told).toEqual(expected);
        },
      ),
      {numRuns: 60, seed: 1},
    );
  });

  it('does not ask for ever where PI refuses everything', async () => {
    const spans = Array.from({length: 400}, (_, index) => span(index));

    const {tallies, requests} = await counted(spans, () => ({status: 404}));

    expect(tallies.every(({kind}) => kind === 'none')).toBe(true);
    expect(requests).toBeLessThan(12);
  });

  it('asks for the same instants as events are read: up to the tick before the end', async () => {
    const asked: string[] = [];

    await counted([span(1, 0), span(2, 0), span(3, 5)], (_, url) => {
      asked.push(
        `${url.searchParams.get('startTime')} ${url.searchParams.get('endTime')}`,
      );
      expect(url.searchParams.get('summaryType')).toBe('Count');
      expect(url.searchParams.get('calculationBasis')).toBe('EventWeighted');
      return {count: 1};
    });

    expect(asked).toEqual([
      '2026-03-01T00:00:00.0000000Z 2026-03-01T00:59:59.9999999Z',
      '2026-03-01T05:00:00.0000000Z 2026-03-01T05:59:59.9999999Z',
    ]);
  });

  it.each([
    ['a number', {Value: 12}, {kind: 'count', events: 12}],
    ['nothing', {Value: 0}, {kind: 'count', events: 0}],
    [
      'No Data',
      {Value: {Name: 'No Data', Value: 248, IsSystem: true}},
      {kind: 'no_data'},
    ],
    ['a state', {Value: {Name: 'Calc Failed', Value: 249}}, {kind: 'none'}],
    ['an error', {Value: 3, Errors: [{FieldName: 'Value'}]}, {kind: 'none'}],
    ['a broken number', {Value: 1.5}, {kind: 'none'}],
    ['a text', {Value: 'many'}, {kind: 'none'}],
    ['no value', {}, {kind: 'none'}],
  ])('understands %s in place of the count', async (_, value, tally) => {
    const {tallies} = await counted([span(1)], () => ({value}));

    expect(tallies).toEqual([expect.objectContaining(tally)]);
  });

  it.each([
    ['says WebException', {WebException: {StatusCode: 500, Errors: ['It broke.']}}],
    ['has errors', {Errors: ['It broke.']}],
    ['has no summaries', {Items: []}],
  ])('has no count of a stream that %s', async (_, stream) => {
    const {tallies} = await counted([span(1)], () => ({stream}));

    expect(tallies).toMatchObject([{kind: 'none'}]);
  });

  it('tells what PI said', async () => {
    const {tallies} = await counted([span(1)], () => ({status: 403}));

    expect(tallies).toEqual([
      {kind: 'none', reason: 'PI refused to count (403): Not for you.'},
    ]);
  });

  it('is not rejected where the whole batch is refused', async () => {
    const http = new ScriptedHttp(() => jsonAnswer({Message: 'No.'}, 403));

    const {tallies} = await countEvents(piHttpOver(http), [span(1), span(2)]);

    expect(tallies).toMatchObject([{kind: 'none'}, {kind: 'none'}]);
  });
});

/** A failure of the server is asked again and then halved, but not one of all requests. */
function isBisected(status: number): boolean {
  return status !== 503;
}

interface Scripted {
  readonly status?: number;
  readonly count?: number;
  readonly value?: object;
  readonly stream?: object;
}

type Script = (points: readonly number[], url: URL) => Scripted;

async function counted(spans: readonly CountSpan[], script: Script): Promise<Tallies> {
  const http = new ScriptedHttp((request) => answer(request, script));
  return await countEvents(piHttpOver(http), spans);
}

function answer({body = ''}: HttpRequest, script: Script): HttpAnswer {
  const asked = JSON.parse(body) as Record<string, {Resource: string}>;
  const answers = Object.entries(asked).map(([id, {Resource}]) => {
    const url = new URL(Resource);
    expect(url.pathname).toBe('/piwebapi/streamsets/summary');
    expect(Resource.length).toBeLessThan(7500);
    const webIds = url.searchParams.getAll('webId');
    const scripted = script(webIds.map(indexOf), url);
    const {status = 200} = scripted;
    if (status !== 200)
      return [id, {Status: status, Content: {Errors: ['Not for you.']}}];
    const Items = webIds.map((WebId) => ({WebId, ...streamOf(scripted)})).reverse();
    return [id, {Status: 200, Content: {Items}}];
  });
  return jsonAnswer(Object.fromEntries(answers), 207);
}

function streamOf({count, value = {Value: count}, stream}: Scripted): object {
  return {Items: [{Type: 'Count', Value: value}], ...stream};
}

function indexOf(webId: string): number {
  return Number(webId.slice(-6));
}

function span(index: number, hour = 0): CountSpan {
  const startMs = Date.UTC(2026, 2, 1) + hour * HOUR_MS;
  return {
    point: point(index),
    from: fromEpochMs(startMs),
    to: fromEpochMs(startMs + HOUR_MS),
  };
}

function point(index: number): PiPoint {
  const number = String(index).padStart(6, '0');
  return {...floatPoint(index), webId: `I1DPUk8afGA9jkuaJ1HgxNi28w${number}`};
}
