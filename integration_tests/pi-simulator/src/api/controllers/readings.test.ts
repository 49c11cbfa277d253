import {
  type Answered,
  type Reply,
  withSimulator,
  type TestClient,
} from '../../test-client';

/** A numeric tag with one event an hour, two of them on one instant, and a bad one. */
const CSV = `tag,timestamp,value,quality
Calc,2026-03-02T00:00:00Z,10,good
Calc,2026-03-02T01:00:00Z,20,good
Calc,2026-03-02T01:00:00Z,21,good
Calc,2026-03-02T02:00:00Z,Bad Input,bad
Calc,2026-03-02T03:00:00Z,40,good
Other,2026-03-02T00:00:00Z,0,good
Other,2026-03-02T04:00:00Z,400,good
`;
const replay = [{name: 'calc.csv', csv: CSV}];
const RANGE = 'startTime=2026-03-02T00:00:00Z&endTime=2026-03-02T04:00:00Z';

async function read(client: TestClient, tag: string, query: string): Promise<Reply> {
  const {WebId} = await client.point(tag);
  return client.get(`/streams/${WebId}/${query}`);
}

function values({body}: {readonly body: Answered}): readonly unknown[] {
  return body.Items.map((item) => item.Value);
}

describe('streams', () => {
  it.each([
    ['Auto', '01:30', 21],
    ['Auto', '01:00', 21],
    ['AtOrBefore', '01:00', 21],
    ['Before', '01:00', 10],
    ['AtOrAfter', '01:00', 20],
    ['AtOrAfter', '02:30', 40],
    ['After', '01:00', {Name: 'Bad Input', Value: 255, IsSystem: true}],
    ['Exact', '03:00', 40],
    ['Before', '00:00', {Name: 'No Data', Value: 248, IsSystem: true}],
  ])('row 26: find the recorded value by %s at %s', async (mode, time, expected) => {
    await withSimulator({replay}, async (client) => {
      const {body} = await read(
        client,
        'Calc',
        `recordedattime?time=2026-03-02T${time}:00Z&retrievalMode=${mode}`,
      );

      expect(body.Value).toEqual(expected);
    });
  });

  it('row 26: err where an exact value is wanted and none is stored', async () => {
    await withSimulator({replay}, async (client) => {
      const {status, body} = await read(
        client,
        'Calc',
        'recordedattimes?time=2026-03-02T01:30:00Z&time=2026-03-02T00:00:00Z&retrievalMode=Exact',
      );

      expect(status).toBe(200);
      expect(body.Items).toMatchObject([
        {Timestamp: '2026-03-02T00:00:00Z', Value: 10},
        {Timestamp: '2026-03-02T01:30:00Z', Value: null, Errors: expect.anything()},
      ]);
    });
  });

  it('row 26: interpolate at given times, in the order that was asked for', async () => {
    await withSimulator({replay}, async (client) => {
      const times = 'time=2026-03-02T00:30:00Z&time=2026-03-02T00:15:00Z';

      const rising = await read(client, 'Calc', `interpolatedattimes?${times}`);
      const falling = await read(
        client,
        'Calc',
        `interpolatedattimes?${times}&sortOrder=Descending`,
      );

      expect(values(rising)).toEqual([12.5, 15]);
      expect(values(falling)).toEqual([15, 12.5]);
    });
  });

  it('row 26: plot at most five values of each of 24 intervals', async () => {
    await withSimulator({}, async (client) => {
      const {body} = await read(client, '*.VI-006', 'plot');
      const recorded = await read(client, '*.VI-006', 'recorded?maxCount=150000');

      const stored = new Set(recorded.body.Items.map((item) => JSON.stringify(item)));
      expect(body.Items.length).toBeGreaterThan(48);
      expect(body.Items.length).toBeLessThanOrEqual(24 * 5);
      expect(body.Items.filter((item) => !stored.has(JSON.stringify(item)))).toEqual(
        [],
      );
    });
  });

  it('row 26: plot the first, lowest, highest, exceptional and last value', async () => {
    await withSimulator({replay}, async (client) => {
      const reply = await read(client, 'Calc', `plot?${RANGE}&intervals=1`);

      expect(values(reply)).toEqual([10, expect.objectContaining({Value: 255}), 40]);
    });
  });

  it.each([
    ['interpolatedattimes', 400],
    ['recordedattimes?time=nonsense', 400],
    ['recordedattime', 400],
    ['recordedattime?time=*&retrievalMode=Near', 400],
    ['plot?startTime=*&endTime=*-1h', 400],
    ['plot?intervals=0', 400],
    ['plot?intervals=40000', 400],
  ])('row 26: refuse %s with %i', async (query, status) => {
    await withSimulator({replay}, async (client) => {
      expect((await read(client, 'Calc', query)).status).toBe(status);
    });
  });

  it('row 26: give one value, now, at a time, or the last there is', async () => {
    await withSimulator({replay}, async (client) => {
      const now = await read(client, 'Other', 'value');
      const then = await read(client, 'Other', 'value?time=2026-03-02T02:00:00Z');
      const end = await read(client, 'Other', 'end');
      const hours = await read(client, 'Other', `interpolated?${RANGE}`);

      expect([now, then, end].map(({body}) => body.Value)).toEqual([400, 200, 400]);
      expect(values(hours)).toEqual([0, 100, 200, 300, 400]);
    });
  });

  it('row 26: have the same of sets, by WebID and by element', async () => {
    await withSimulator({replay}, async (client) => {
      const [a, b] = [await client.point('Calc'), await client.point('Other')];
      const both = `webId=${a.WebId}&webId=${b.WebId}`;
      const path = encodeURIComponent(
        '\\\\AFSRV01\\Production\\Alder\\Process\\U1\\Reactor 1',
      );
      const element = (await client.get(`/elements?path=${path}`)).body.WebId;
      const time = 'time=2026-03-02T01:00:00Z';

      for (const [resource, query, expected] of [
        ['interpolatedattimes', time, [[21], [100]]],
        ['recordedattimes', time, [[21], [0]]],
        [
          'plot',
          `${RANGE}&intervals=1`,
          [
            [10, expect.anything(), 40],
            [0, 400],
          ],
        ],
      ] as const) {
        const adHoc = await client.get(`/streamsets/${resource}?${both}&${query}`);
        const owned = await client.get(`/streamsets/${element}/${resource}?${query}`);

        expect(adHoc.body.Items.map((item) => values({body: item}))).toEqual(expected);
        expect(owned.body.Items[0].Links.Source).toContain('/attributes/');
      }
      const single = await client.get(`/streamsets/recordedattime?${both}&${time}`);
      expect(single.body.Items).toMatchObject([
        {Value: {Value: 21}},
        {Value: {Value: 0}},
      ]);
      const owned = await client.get(`/streamsets/${element}/recordedattime?${time}`);
      expect(owned.status).toBe(200);
    });
  });

  it('row 26: join streams at the instants of the first', async () => {
    await withSimulator({replay}, async (client) => {
      const [a, b] = [await client.point('Calc'), await client.point('Other')];

      const {body} = await client.get(
        `/streamsets/joined?baseWebId=${a.WebId}&subordinateWebId=${b.WebId}&${RANGE}`,
      );

      expect(body.Items.map((item) => item.Name)).toEqual(['Calc', 'Other']);
      expect(values({body: body.Items[1]})).toEqual([0, 100, 100, 200, 300]);
      expect(body.Items[1].Items.map((item) => item.Timestamp)).toEqual(
        body.Items[0].Items.map((item) => item.Timestamp),
      );
    });
  });
});
