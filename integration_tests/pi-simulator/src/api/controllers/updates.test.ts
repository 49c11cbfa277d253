import {type Reply, type TestClient, withSimulator} from '../../test-client';

const CSV = `tag,timestamp,value
Calc,2026-03-02T05:00:00Z,1
Calc,2026-03-02T05:30:00Z,2
Calc,2026-03-02T06:30:00Z,3
Calc,2026-03-02T07:30:00Z,4
`;
const replay = [{name: 'calc.csv', csv: CSV}];
const LATER = '2026-03-02T07:00:00Z';

interface Updates {
  readonly LatestMarker: string;
  readonly Status: string;
  readonly Events: readonly {readonly Action: string; readonly Value: unknown}[];
}

/** Signs up for a tag and returns the marker. */
async function signUp(client: TestClient, tag: string): Promise<Updates> {
  const {WebId} = await client.point(tag);
  return (await client.post<Updates>(`/streams/${WebId}/updates`, '')).body;
}

function poll(client: TestClient, marker: string): Promise<Reply<Updates>> {
  return client.send('GET', `/streams/updates/${marker}`, {headers: {}});
}

function told({body}: Reply<Updates>): readonly unknown[] {
  return body.Events.map(({Action, Value}) => [Action, Value]);
}

describe('stream updates', () => {
  it('row 40: tell what has arrived since the marker, once', async () => {
    await withSimulator({replay}, async (client) => {
      const {LatestMarker, Status} = await signUp(client, 'Calc');
      const quiet = await poll(client, LatestMarker);
      client.simulator.advanceClock(LATER);
      const busy = await poll(client, quiet.body.LatestMarker);
      const again = await poll(client, busy.body.LatestMarker);

      expect(LatestMarker).toMatch(/^[0-9a-f]{32}_0$/);
      expect(Status).toBe('Succeeded');
      expect((await signUp(client, 'Calc')).Status).toBe('AlreadyRegistered');
      expect([quiet, busy, again].map(told)).toEqual([[], [['Add', 3]], []]);
      expect(busy.body.Events[0]).toMatchObject({
        PreviousEventAction: 'PreviousEventArchived',
        Timestamp: '2026-03-02T06:30:00Z',
        Good: true,
      });
    });
  });

  it('row 40: repeat an answer that was lost on its way', async () => {
    await withSimulator({replay}, async (client) => {
      const {LatestMarker} = await signUp(client, 'Calc');
      client.simulator.advanceClock(LATER);

      const lost = await poll(client, LatestMarker);
      const repeated = await poll(client, LatestMarker);

      expect(told(repeated)).toEqual(told(lost));
    });
  });

  it('row 40: tell of inserted, edited and deleted events', async () => {
    await withSimulator({replay}, async (client) => {
      const {LatestMarker} = await signUp(client, 'Calc');
      const {simulator} = client;
      const point = 'Calc';
      simulator.change({
        ...{action: 'insert_events', point},
        events: [{timestamp: '2026-03-02T05:10:00Z', value: 1.5}],
      });
      simulator.change({
        ...{action: 'edit_event', point, timestamp: '2026-03-02T05:00:00Z'},
        value: 10,
      });
      simulator.change({
        action: 'delete_event',
        point,
        timestamp: '2026-03-02T05:30:00Z',
      });

      expect(told(await poll(client, LatestMarker))).toEqual([
        ['Delete', 2],
        ['Update', 10],
        ['Insert', 1.5],
      ]);
    });
  });

  it('row 40: are lost with a restart, and refuse a marker that is none', async () => {
    await withSimulator({replay}, async (client) => {
      const {LatestMarker} = await signUp(client, 'Calc');
      const unknown = await poll(client, LatestMarker.replace(/_0$/, '_7'));
      const garbage = await poll(client, 'nonsense');

      client.simulator.restart();

      expect([unknown.status, garbage.status]).toEqual([409, 409]);
      expect((await poll(client, LatestMarker)).status).toBe(404);
      expect((await signUp(client, 'Calc')).Status).toBe('Succeeded');
    });
  });

  it('row 40: are signed up for together, all or none', async () => {
    await withSimulator({replay}, async (client) => {
      const calc = (await client.point('Calc')).WebId;
      const other = (await client.point('Alder.U1.TI-001')).WebId;
      const both = await client.post<{readonly Items: readonly Updates[]}>(
        `/streamsets/updates?webId=${calc}&webId=${other}`,
        '',
      );
      const wrong = await client.post(`/streamsets/updates?webId=${calc}&webId=x`, '');
      const markers = both.body.Items.map(({LatestMarker}) => `marker=${LatestMarker}`);

      const polled = await client.get(`/streamsets/updates?${markers.join('&')}`);

      expect(wrong.status).toBe(400);
      expect(polled.body.Items).toMatchObject([
        {SourceName: 'Calc', Status: 'Updated', Events: []},
        {SourceName: 'Alder.U1.TI-001', Status: 'Updated', Events: []},
      ]);
    });
  });
});

describe('stale metadata', () => {
  it('row 40: hides a new name for five minutes, unless asked past', async () => {
    await withSimulator({replay, staleMetadata: true}, async (client) => {
      const {WebId} = await client.point('Calc');
      const path = `/points/${WebId}?webIdType=IDOnly`;
      const name = async (headers: Record<string, string> = {}): Promise<string> =>
        (await client.get(path, headers)).body.Name;
      const inBatch = async (): Promise<string> => {
        const {body} = await client.batch({
          a: {
            Method: 'GET',
            Resource: client.simulator.url + path,
            Headers: {'cache-control': 'No-Cache'},
          },
        });
        return body.a.Content.Name;
      };

      const before = await name();
      client.simulator.change({action: 'rename_point', point: 'Calc', name: 'New'});
      const hidden = await name();
      const asked = await name({'Cache-Control': 'no-cache'});
      client.simulator.change({action: 'rename_point', point: 'New', name: 'Newer'});
      const hiddenAgain = await name();
      const batched = await inBatch();
      client.simulator.change({action: 'rename_point', point: 'Newer', name: 'Newest'});
      client.simulator.advanceClock('2026-03-02T06:05:00Z');

      expect([before, hidden, asked, hiddenAgain, batched, await name()]).toEqual([
        ...['Calc', 'Calc', 'New', 'New', 'Newer', 'Newest'],
      ]);
    });
  });

  it('row 40: never touches values', async () => {
    await withSimulator({replay, staleMetadata: true}, async (client) => {
      const {WebId} = await client.point('Calc');
      const before = (await client.get(`/streams/${WebId}/value`)).body.Value;
      client.simulator.advanceClock(LATER);

      expect([
        before,
        (await client.get(`/streams/${WebId}/value`)).body.Value,
      ]).toEqual([2, 3]);
    });
  });
});
