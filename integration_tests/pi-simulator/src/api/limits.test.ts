import {readFaultRules} from '../faults/fault-rule';
import {type SubReply, type TestClient, withSimulator} from '../test-client';
import {errorsAnswer} from './answer';
import {Backend} from './backend';
import {ValueBudget} from './value-budget';

const LONG = 'x'.repeat(16_384);
const REJECTED = '[-10735] PINET: Session Manager Transaction List Full.';

/** A batch of so many reads, each of one stream, and what each answered. */
async function readSingly(
  client: TestClient,
  count: number,
): Promise<readonly SubReply[]> {
  const points = (await client.points('Alder.*')).slice(0, count);
  const requests = points.map(({WebId}, index): [string, object] => [
    `r${index}`,
    {Method: 'GET', Resource: `${client.simulator.url}/streams/${WebId}/value`},
  ]);
  return Object.values((await client.batch(Object.fromEntries(requests))).body);
}

describe('limits', () => {
  it('row 29: may become lower while a client reads', async () => {
    const faults = [{match: '/recorded', after: 1, maxReturnedItems: 10}];
    await withSimulator({faults}, async (client) => {
      const {WebId} = await client.point('Alder.U1.TI-*');
      const path = `/streams/${WebId}/recorded?maxCount=11`;

      const before = await client.get(path);
      const after = await client.get(path);

      expect([before.status, after.status]).toEqual([200, 400]);
      expect(after.body.Errors[0]).toContain(
        'is greater than the maximum allowed (10)',
      );
    });
  });

  it('row 30: refuse a body of more than 4 MB', async () => {
    await withSimulator({}, async (client) => {
      const fits = await client.post('/batch', `{"a":"${'x'.repeat(4_194_000)}"}`);
      const tooLarge = await client.post('/batch', `{"a":"${'x'.repeat(4_194_304)}"}`);

      expect([fits.status, tooLarge.status]).toEqual([400, 413]);
      expect(tooLarge.body.Errors).toHaveLength(1);
    });
  });

  it.each<[string, {path: string; headers?: Record<string, string>}, number]>([
    ['an address of more than 16 KB', {path: `/system?x=${LONG}`}, 414],
    [
      'a segment of more than 260 characters',
      {path: `/points/${'x'.repeat(261)}`},
      400,
    ],
    ['headers of more than 16 KB', {path: '/system', headers: {'X-Long': LONG}}, 400],
  ])('row 30: refuse %s with a page', async (_, request, status) => {
    await withSimulator({}, async (client) => {
      const reply = await client.get(request.path, request.headers);

      expect(reply.status).toBe(status);
      expect(reply.headers.get('content-type')).toBe('text/html');
      expect(reply.body).toContain('HTTP Error');
    });
  });

  it('row 30: take long requests where nothing stands in front', async () => {
    await withSimulator({httpSysLimits: false}, async (client) => {
      const long = await client.get(`/system?x=${'x'.repeat(20_000)}`);
      const segment = await client.get(`/points/${'x'.repeat(261)}`);

      expect(long.status).toBe(200);
      expect(segment.body.Errors[0]).toContain('Unknown or invalid WebID format');
    });
  });

  it('row 30: take shorter addresses behind some proxies, but none inside a batch', async () => {
    await withSimulator({maxUrlBytes: 500}, async (client) => {
      const path = `/system?x=${'x'.repeat(500)}`;

      const whole = await client.get(path);
      const {body} = await client.batch({
        a: {Method: 'GET', Resource: client.simulator.url + path},
      });

      expect(whole.status).toBe(414);
      expect(body.a.Status).toBe(200);
    });
  });

  it('row 31: count the requests of a batch only when set so', async () => {
    const requests = (client: TestClient): Record<string, object> =>
      Object.fromEntries(
        ['a', 'b', 'c', 'd', 'e'].map((id) => [
          id,
          {Method: 'GET', Resource: `${client.simulator.url}/system`},
        ]),
      );
    const statuses = (
      rateLimitCountsSubRequests: boolean,
    ): Promise<readonly number[]> =>
      withSimulator(
        {rateLimitPerSecond: 3, rateLimitCountsSubRequests, epochMs: () => 1000},
        async (client) =>
          Object.values((await client.batch(requests(client))).body).map(
            ({Status}) => Status,
          ),
      );

    expect(await statuses(false)).toEqual([200, 200, 200, 200, 200]);
    expect(await statuses(true)).toEqual([200, 200, 429, 429, 429]);
  });

  it('row 32: turn calls away that the archive has no room for', async () => {
    await withSimulator({maxConcurrentRpcs: 2, rpcLatencyMs: 1}, async (client) => {
      const many = await readSingly(client, 5);
      const few = await readSingly(client, 2);

      expect(many.map(({Status}) => Status)).toEqual([200, 200, 500, 500, 500]);
      expect(many[4]?.Content.Errors).toEqual([REJECTED]);
      expect(few.map(({Status}) => Status)).toEqual([200, 200]);
    });
  });

  it('row 32: ask the archive once for a whole set', async () => {
    await withSimulator({maxConcurrentRpcs: 1, rpcLatencyMs: 1}, async (client) => {
      const points = (await client.points('Alder.*')).slice(0, 5);
      const webIds = points.map(({WebId}) => `webId=${WebId}`).join('&');

      const set = await client.get(`/streamsets/value?${webIds}`);

      expect(set.body.Items).toHaveLength(5);
    });
  });

  it('row 32: cost each call and each value of it', async () => {
    const slept: number[] = [];
    const backend = new Backend(
      {rpcLatencyMs: 20, eventLatencyMicros: 500, maxConcurrentRpcs: 9},
      (ms) => Promise.resolve(void slept.push(ms)),
    );
    const read = async (operation: string, values: number): Promise<void> => {
      const budget = new ValueBudget(Infinity);
      await backend.run(operation, budget, () => {
        for (let i = 0; i < values; i += 1) budget.take();
        return errorsAnswer(200, []);
      });
    };

    await read('GET /streams/{webId}/recorded', 100);
    await read('GET /streamsets/recorded', 300);
    await read('GET /points/{webId}', 0);

    expect(slept).toEqual([70, 170]);
  });

  it('are read from a file of rules with every member checked', () => {
    const rules = [
      {match: 'a', reset: true},
      {match: 'a', trickleBytes: 1, trickleMs: 2, maxReturnedItems: 3, linkHost: 'b'},
      {match: 'a', on: 'stream', scope: 'value', errorAfterValues: 1},
    ];

    expect(readFaultRules(JSON.stringify(rules), 'f.json')).toEqual(rules);
    expect(() => readFaultRules('[{"match":"a","reset":1}]', 'f.json')).toThrow(
      '"reset" has a value',
    );
  });
});
