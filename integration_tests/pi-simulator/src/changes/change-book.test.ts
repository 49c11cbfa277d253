import {type Answered, type TestClient, withSimulator} from '../test-client';

const NOW = '2026-03-02T06:00:00Z';

describe('changes of points', () => {
  it('a renamed point keeps its WebID, its id and its events', async () => {
    await withSimulator({historyDays: 1}, async (client) => {
      const before = await client.point('Alder.U1.TI-001');

      client.simulator.change({
        action: 'rename_point',
        point: 'Alder.U1.TI-001',
        name: 'Alder.U1.TT-1',
      });

      const after = await client.point('Alder.U1.TT-1');
      expect([after.WebId, after.Id]).toEqual([before.WebId, before.Id]);
      expect(await client.points('Alder.U1.TI-001')).toEqual([]);
      expect(await events(client, after)).toBeGreaterThan(100);
    });
  });

  it('a hidden point is in no list and answers 404 until it is shown again', async () => {
    await withSimulator({historyDays: 1}, async (client) => {
      const {Links} = await client.point('Alder.U1.TI-001');
      const statuses: number[] = [];
      for (const action of ['hide_point', 'show_point'] as const) {
        client.simulator.change({action, point: '\\\\PISRV01\\Alder.U1.TI-001'});
        statuses.push(
          (await client.get(Links.Self)).status,
          (await client.get(Links.RecordedData)).status,
          (await client.points('Alder.U1.TI-001')).length,
        );
      }

      expect(statuses).toEqual([404, 404, 0, 200, 200, 1]);
    });
  });

  it('a removed point is gone for good, and its id is not used again', async () => {
    await withSimulator({historyDays: 1}, async (client) => {
      const gone = await client.point('Alder.U1.TI-001');
      client.simulator.change({action: 'remove_point', point: 'Alder.U1.TI-001'});
      client.simulator.change({
        action: 'add_point',
        stored: {name: 'Alder.U1.TI-001', type: 'Float64', events: []},
      });

      const found = await client.point('Alder.U1.TI-001');
      const {body} = await client.get(`/streams/${found.WebId}/value`);

      expect((await client.get(gone.Links.Self)).status).toBe(404);
      expect(found.WebId).not.toBe(gone.WebId);
      expect([body.Timestamp, body.Value.Value]).toEqual([NOW, 253]);
    });
  });

  it('are accounted for with the instant at which each was made', async () => {
    await withSimulator({historyDays: 1}, async ({simulator}) => {
      simulator.change({action: 'hide_point', point: 'Alder.U1.TI-001'});
      simulator.advanceClock('2026-03-02T07:00:00Z');
      const list = [
        {action: 'rename_point', point: 'Alder.U1.TI-001', name: 'x'},
        {action: 'show_point', point: 'nobody'},
      ];

      const reply = await send(simulator.url, 'POST', JSON.stringify(list));

      expect(reply).toEqual([
        400,
        {Errors: ['Change 2 of 2: There is no point "nobody".']},
      ]);
      const account = await send(simulator.url, 'GET');
      expect(account).toEqual([200, {changes: simulator.changes()}]);
      expect(
        simulator.changes().map(({at, action, point}) => [at, action, point]),
      ).toEqual([
        ['2026-03-02T06:00:00.0000000Z', 'hide_point', 'Alder.U1.TI-001'],
        ['2026-03-02T07:00:00.0000000Z', 'rename_point', 'Alder.U1.TI-001'],
      ]);
      expect(simulator.changes()[0]?.tag_webid).toMatch(/^I1DP/);
    });
  });
});

async function events(client: TestClient, point: Answered): Promise<number> {
  const {body} = await client.get(point.Links.RecordedData);
  return body.Items.length;
}

async function send(
  url: string,
  method: string,
  body?: string,
): Promise<readonly [number, unknown]> {
  const credentials = Buffer.from('pi-reader:pi-reader-password').toString('base64');
  const response = await fetch(url.replace('/piwebapi', '/simulator/changes'), {
    method,
    headers: {Authorization: `Basic ${credentials}`},
    ...(body !== undefined && {body}),
  });
  return [response.status, await response.json()];
}
