import fc from 'fast-check';

import {type Answered, type TestClient, withSimulator} from '../../test-client';
import {formatTrimmed, parseIso, TICKS_PER_SECOND} from '../../time/ticks';

const NOW = '2026-03-02T06:00:00Z';
const FROM = '2026-03-02T00:00:00Z';
const RANGE = `startTime=${FROM}&endTime=2026-03-02T04:00:00Z`;

/** A numeric tag `Calc` with one event an hour and a bad one, and a text tag. */
const CSV = `tag,timestamp,value,quality
Calc,2026-03-02T00:00:00Z,10,good
Calc,2026-03-02T01:00:00Z,20,good
Calc,2026-03-02T02:00:00Z,40,good
Calc,2026-03-02T03:00:00Z,Bad Input,bad
Calc,2026-03-02T04:00:00Z,30,good
Text,2026-03-02T01:00:00Z,on,good
Text,2026-03-02T02:00:00Z,off,good
`;
const replay = [{name: 'calc.csv', csv: CSV}];

/** The summaries of a tag, by type. */
async function summaries(
  client: TestClient,
  tag: string,
  query: string,
): Promise<ReadonlyMap<string, Answered>> {
  const {WebId} = await client.point(tag);
  const {body} = await client.get(`/streams/${WebId}/summary?${RANGE}&${query}`);
  return new Map(body.Items.map((item) => [typeOf(item), valueOf(item)]));
}

function typeOf(item: Answered): string {
  return (item as unknown as {Type: string}).Type;
}

function valueOf(item: Answered): Answered {
  return item.Value as unknown as Answered;
}

describe('summaries', () => {
  it('row 26: weigh each event alike and keep both ends', async () => {
    await withSimulator({replay}, async (client) => {
      const found = await summaries(
        client,
        'Calc',
        'summaryType=All&calculationBasis=EventWeighted',
      );

      const numbers = Object.fromEntries(
        [...found].map(([type, {Value}]) => [type, Value]),
      );
      expect(numbers).toEqual({
        Total: 100,
        Average: 25,
        Minimum: 10,
        Maximum: 40,
        Range: 30,
        StdDev: expect.closeTo(Math.sqrt(500 / 3), 9),
        PopulationStdDev: expect.closeTo(Math.sqrt(125), 9),
        Count: 4,
        PercentGood: 80,
        TotalWithUOM: 100,
      });
    });
  });

  it('row 26: weigh by time, in lines between good values', async () => {
    await withSimulator({replay}, async (client) => {
      const found = await summaries(client, 'Calc', 'summaryType=All');

      // Means of the three good hours: 15, 30, and 40 until the bad value comes.
      const numbers = Object.fromEntries(
        [...found].map(([type, {Value}]) => [type, Value]),
      );
      expect(numbers).toEqual({
        Total: expect.closeTo((85 * 3600) / 86_400, 9),
        Average: expect.closeTo(85 / 3, 9),
        Minimum: 10,
        Maximum: 40,
        Range: 30,
        StdDev: expect.any(Number),
        PopulationStdDev: expect.any(Number),
        Count: 10_800,
        PercentGood: 75,
        TotalWithUOM: expect.closeTo((85 * 3600) / 86_400, 9),
      });
    });
  });

  it('row 26: hold values where the basis is discrete', async () => {
    await withSimulator({replay}, async (client) => {
      const found = await summaries(
        client,
        'Calc',
        'summaryType=Average&calculationBasis=TimeWeightedDiscrete',
      );

      expect(found.get('Average')?.Value).toBeCloseTo(70 / 3, 9);
    });
  });

  it('row 26: stamp extremes where they were, unless told otherwise', async () => {
    await withSimulator({replay}, async (client) => {
      const types = 'summaryType=Maximum&summaryType=Count';
      const auto = await summaries(client, 'Calc', types);
      const early = await summaries(client, 'Calc', `${types}&timeType=EarliestTime`);
      const late = await summaries(client, 'Calc', `${types}&timeType=MostRecentTime`);

      const stamps = [auto, early, late].map((found) => [
        found.get('Maximum')?.Timestamp,
        found.get('Count')?.Timestamp,
      ]);
      expect(stamps).toEqual([
        ['2026-03-02T02:00:00Z', FROM],
        [FROM, FROM],
        ['2026-03-02T04:00:00Z', '2026-03-02T04:00:00Z'],
      ]);
    });
  });

  it('row 26: count bad values only when the server is set so', async () => {
    const query = 'summaryType=Count&calculationBasis=EventWeighted';
    const counts = await Promise.all(
      [false, true].map((summaryCountsBad) =>
        withSimulator(
          {replay, summaryCountsBad},
          async (client) =>
            (await summaries(client, 'Calc', query)).get('Count')?.Value,
        ),
      ),
    );

    expect(counts).toEqual([4, 5]);
  });

  it.each([
    ['zero', {Value: 0, Good: true}],
    ['no_data', {Value: {Name: 'No Data', Value: 248, IsSystem: true}, Good: false}],
  ] as const)('row 26: answer an empty range with %s', async (emptySummary, count) => {
    await withSimulator({replay, emptySummary}, async (client) => {
      const {WebId} = await client.point('Calc');
      const {body} = await client.get(
        `/streams/${WebId}/summary?startTime=2026-03-02T00:10:00Z&endTime=2026-03-02T00:20:00Z&summaryType=Count&summaryType=Average&calculationBasis=EventWeighted`,
      );

      expect(body.Items.map(valueOf)).toMatchObject([count, {Value: {Value: 248}}]);
    });
  });

  it('row 26: count texts and states, and err about all else of them', async () => {
    await withSimulator({replay}, async (client) => {
      const found = await summaries(
        client,
        'Text',
        'summaryType=Count&summaryType=Average&calculationBasis=EventWeighted',
      );

      expect(found.get('Count')).toMatchObject({Value: 2, Good: true});
      expect(found.get('Average')).toMatchObject({
        Value: null,
        Errors: expect.anything(),
      });
    });
  });

  it('row 26: give an event on a cut to the interval that begins there', async () => {
    await withSimulator({replay}, async (client) => {
      const {WebId} = await client.point('Calc');
      const path = `/streams/${WebId}/summary?${RANGE}&summaryType=Count&summaryDuration=2h`;
      const counts = async (basis: string): Promise<unknown> =>
        (await client.get(`${path}&calculationBasis=${basis}`)).body.Items.map(
          (item) => valueOf(item).Value,
        );

      expect(await counts('EventWeighted')).toEqual([2, 2]);
      expect(await counts('EventWeightedIncludeBothEnds')).toEqual([3, 2]);
      expect(await counts('EventWeightedExcludeMostRecentEvent')).toEqual([2, 1]);
      expect(await counts('EventWeightedExcludeEarliestEvent')).toEqual([2, 1]);
    });
  });

  it('row 26: count in any range what recorded values show of it', async () => {
    const start = parseIso('2026-02-28T06:00:00Z') ?? 0;
    await withSimulator({points: 12, summaryCountsBad: true}, async (client) => {
      const points = await client.points();
      const second = fc.integer({min: 0, max: 172_800});
      await fc.assert(
        fc.asyncProperty(
          fc.nat({max: points.length - 1}),
          second,
          second,
          async (index, a, b) => {
            const [from, to] = [Math.min(a, b), Math.max(a, b)].map((seconds) =>
              formatTrimmed(start + seconds * TICKS_PER_SECOND),
            );
            const webId = points[index]!.WebId;
            const query = `startTime=${from}&endTime=${to}`;

            const recorded = await client.get(
              `/streams/${webId}/recorded?${query}&maxCount=150000`,
            );
            const summary = await client.get(
              `/streams/${webId}/summary?${query}&summaryType=Count&calculationBasis=EventWeighted`,
            );

            expect(valueOf(summary.body.Items[0]).Value).toBe(
              recorded.body.Items.length,
            );
          },
        ),
        {numRuns: 25, seed: 26},
      );
    });
  });

  it('row 26: answer for sets of streams, by WebID and by element', async () => {
    await withSimulator({replay}, async (client) => {
      const [a, b] = await client
        .points('Calc')
        .then(async ([calc]) => [calc, await client.point('Text')]);
      const query = `${RANGE}&summaryType=Count&calculationBasis=EventWeighted`;

      const adHoc = await client.get(
        `/streamsets/summary?webId=${a!.WebId}&webId=${b!.WebId}&${query}`,
      );
      const path = encodeURIComponent(
        '\\\\AFSRV01\\Production\\Alder\\Process\\U1\\Reactor 1',
      );
      const element = (await client.get(`/elements?path=${path}`)).body;
      const owned = await client.get(`/streamsets/${element.WebId}/summary?${query}`);

      expect(
        adHoc.body.Items.map((item) => [item.Name, valueOf(item.Items[0]).Value]),
      ).toEqual([
        ['Calc', 4],
        ['Text', 2],
      ]);
      expect(adHoc.body.Items[0].Links.Source).toContain('/points/');
      expect(owned.body.Items[0].Items[0]).toMatchObject({Type: 'Count'});
    });
  });

  it.each([
    ['summaryType=Median', 400],
    ['calculationBasis=Wrong', 400],
    ['summaryDuration=0s', 400],
    ['summaryDuration=1s&summaryType=All', 400],
    ['filterExpression=1', 501],
  ])('row 26: refuse %s with %i', async (query, status) => {
    await withSimulator({replay, maxReturnedItems: 1000}, async (client) => {
      const {WebId} = await client.point('Calc');

      const reply = await client.get(`/streams/${WebId}/summary?${RANGE}&${query}`);

      expect(reply.status).toBe(status);
    });
  });

  it('row 26: run backwards when the end lies before the start', async () => {
    await withSimulator({replay}, async (client) => {
      const {WebId} = await client.point('Calc');

      const {body} = await client.get(
        `/streams/${WebId}/summary?startTime=${NOW}&endTime=${FROM}&summaryType=Count&summaryDuration=3h&calculationBasis=EventWeighted`,
      );

      expect(body.Items.map(valueOf)).toMatchObject([
        {Timestamp: '2026-03-02T03:00:00Z', Value: 1},
        {Timestamp: FROM, Value: 3},
      ]);
    });
  });
});
