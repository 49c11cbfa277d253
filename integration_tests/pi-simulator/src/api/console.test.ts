import {withSimulator, type TestClient} from '../test-client';
import {truthLines} from '../truth/records';

const NOW = '2026-03-02T06:00:00Z';
const WINDOW = {from: '2026-03-02T05:00:00Z', to: '2026-03-02T06:00:00Z'};

function beside(
  client: TestClient,
  path: string,
): Promise<{status: number; body: unknown}> {
  return client.send('GET', client.simulator.url.replace('/piwebapi', path), {});
}

describe('console', () => {
  it('tells the truth as it stands, changes by hand included', async () => {
    await withSimulator({historyDays: 1}, async (client) => {
      const {simulator} = client;
      simulator.change({action: 'remove_point', point: 'Alder.U1.TI-001'});
      const query = new URLSearchParams({...WINDOW, stream: 'timeseries'});

      const whole = await beside(client, `/simulator/truth?${query.toString()}`);
      query.set('snapshot', 'leave_out');
      const part = await beside(client, `/simulator/truth?${query.toString()}`);

      const lines = (how: object): string =>
        [...truthLines(simulator, 'timeseries', {...WINDOW, ...how})].join('');
      expect(JSON.stringify(whole.body)).not.toContain('Alder.U1.TI-001');
      expect(whole).toMatchObject({status: 200, body: lines({})});
      expect(part.body).toBe(lines({snapshot: 'leave_out'}));
      expect(String(part.body).length).toBeLessThan(String(whole.body).length);
    });
  });

  it.each(['stream=points', 'stream=changes&from=then&to=2026-03-02'])(
    'refuses to tell the truth of %s',
    async (query) => {
      await withSimulator({historyDays: 1}, async (client) => {
        expect((await beside(client, `/simulator/truth?${query}`)).status).toBe(400);
      });
    },
  );
});

describe('the header Date', () => {
  it("tells the machine's time, or the plant's where asked to", async () => {
    const dateOf = (dateHeader: 'plant' | 'machine'): Promise<string | null> =>
      withSimulator({historyDays: 1, dateHeader}, async (client) => {
        const {headers} = await client.get('/dataservers');
        return headers.get('date');
      });

    expect(await dateOf('plant')).toBe(new Date(NOW).toUTCString());
    expect(await dateOf('machine')).not.toBe(new Date(NOW).toUTCString());
  });
});
