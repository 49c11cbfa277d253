import {withSimulator} from '../test-client';
import {UsageError} from '../plant/usage-error';
import {readFaultRules} from './fault-rule';

describe('limits and faults', () => {
  it('row 31: refuse a client that asks too often in one second', async () => {
    const clock = {ms: 1000};
    await withSimulator(
      {rateLimitPerSecond: 3, epochMs: () => clock.ms},
      async (client) => {
        const statuses: number[] = [];
        for (let i = 0; i < 5; i += 1)
          statuses.push((await client.get('/system')).status);
        const refused = await client.get('/system');
        clock.ms = 2000;

        expect(statuses).toEqual([200, 200, 200, 429, 429]);
        expect(refused.body.Errors[0]).toContain('Rate limit was reached');
        expect((await client.get('/system')).status).toBe(200);
      },
    );
  });

  it('refuse a body that is larger than allowed', async () => {
    await withSimulator({maxBodyBytes: 100}, async (client) => {
      expect((await client.post('/batch', {a: 'x'.repeat(100)})).status).toBe(413);
    });
  });

  it('hit the n-th request, so often and no more, with Retry-After', async () => {
    const faults = [
      {match: '/dataservers', after: 1, times: 2, status: 429, retryAfter: 7},
    ];
    await withSimulator({faults}, async (client) => {
      const replies = [];
      for (let i = 0; i < 4; i += 1) replies.push(await client.get('/dataservers'));

      expect(replies.map((reply) => reply.status)).toEqual([200, 429, 429, 200]);
      expect(replies[1]!.headers.get('retry-after')).toBe('7');
    });
  });

  it.each([
    ['errors', {Errors: ['gone']}],
    ['message', {Message: 'gone'}],
    ['text', 'gone'],
    ['html', '<html><head><title>gone</title></head><body>gone</body></html>'],
    ['empty', ''],
  ] as const)('answer with a body of %s', async (body, expected) => {
    const faults = [{match: '/system', status: 503, message: 'gone', body}];
    await withSimulator({faults}, async (client) => {
      expect(await client.get('/system')).toMatchObject({status: 503, body: expected});
    });
  });

  it('hit sub-requests of a batch by themselves', async () => {
    const faults = [{match: '/GET .*name=PISRV02/i', status: 500, times: 1}];
    await withSimulator({faults}, async (client) => {
      const {body} = await client.batch({
        a: {
          Method: 'GET',
          Resource: `${client.simulator.url}/dataservers?name=PISRV01`,
        },
        b: {
          Method: 'GET',
          Resource: `${client.simulator.url}/dataservers?name=PISRV02`,
        },
      });

      expect([body.a.Status, body.b.Status]).toEqual([200, 500]);
    });
  });

  it('cut the connection in the middle of a body', async () => {
    const faults = [{match: '/dataservers', truncateAfterBytes: 40, times: 1}];
    await withSimulator({faults}, async (client) => {
      await expect(client.get('/dataservers')).rejects.toThrow();
      expect((await client.get('/dataservers')).status).toBe(200);
    });
  });

  it('wait before they answer', async () => {
    const faults = [{match: '/system', delayMs: 1}];
    await withSimulator({faults}, async (client) => {
      expect((await client.get('/system')).status).toBe(200);
    });
  });

  it('end a good answer with a WebException', async () => {
    const faults = [{match: '/recorded', webExceptionAfterValues: 5, times: 1}];
    await withSimulator({faults}, async (client) => {
      const [a, b] = await client.points('Alder.U1.*');
      const path = `/streamsets/recorded?webId=${a.WebId}&webId=${b.WebId}`;

      const broken = await client.get(path);
      const whole = await client.get(path);

      expect(broken.status).toBe(200);
      expect(broken.body.Items[0].Items).toHaveLength(5);
      expect(broken.body.Items[1].Items).toEqual([]);
      expect(broken.body.WebException.StatusCode).toBe(500);
      expect(whole.body.WebException).toBeUndefined();
    });
  });

  it.each([
    ['whole', 403],
    ['item', 200],
    ['value', 200],
  ] as const)('fail one stream of a set: %s', async (scope, status) => {
    const faults = [
      {match: 'Alder.U1.PI-002', on: 'stream', status: 403, scope} as const,
    ];
    await withSimulator({faults}, async (client) => {
      const [good, bad] = await client.points('Alder.U1.*');

      const reply = await client.get(
        `/streamsets/recorded?webId=${good.WebId}&webId=${bad.WebId}&maxCount=2`,
      );
      const alone = await client.get(
        `/streamsets/recorded?webId=${good.WebId}&maxCount=2`,
      );

      expect(reply.status).toBe(status);
      expect(alone.body.Items[0].Items).toHaveLength(2);
      const item = status === 200 ? reply.body.Items[1] : undefined;
      const expected = {
        whole: undefined,
        item: expect.objectContaining({Items: [], WebException: expect.anything()}),
        value: expect.objectContaining({
          Items: [
            expect.objectContaining({
              Value: null,
              Good: true,
              Errors: expect.anything(),
            }),
          ],
        }),
      };
      expect(item).toEqual(expected[scope]);
    });
  });

  it('are replaced while the simulator runs', async () => {
    await withSimulator({}, async (client) => {
      const faults = client.simulator.url.replace('piwebapi', 'simulator/faults');

      await client.post(faults, [{match: '/system', status: 500}]);
      const hurt = await client.get('/system');
      await client.post(faults, []);
      const refused = await client.post(faults, [{match: 1}]);

      expect(hurt.status).toBe(500);
      expect((await client.get('/system')).status).toBe(200);
      expect(refused.status).toBe(400);
    });
  });

  it('count what was asked', async () => {
    await withSimulator({}, async (client) => {
      await client.get('/dataservers');
      await client.get('/nowhere');
      await client.batch({
        a: {Method: 'GET', Resource: `${client.simulator.url}/dataservers`},
      });

      const {body} = await client.get(
        client.simulator.url.replace('piwebapi', 'simulator/stats'),
      );

      expect(body).toMatchObject({
        requests: {'GET /dataservers': 1, unknown: 1, 'POST /batch': 1},
        sub_requests: {'GET /dataservers': 1},
        statuses: {'200': 1, '404': 1, '207': 1},
        in_flight: 1,
        max_in_flight: 1,
      });
    });
  });

  it.each([
    ['{}', 'a list of rules'],
    ['nonsense', 'not JSON'],
    ['[{"status":500}]', 'rule 1: an object with "match"'],
    ['[{"match":"a","sttus":500}]', '"sttus" is unknown'],
    ['[{"match":"a","status":"500"}]', '"status" has a value'],
    ['[{"match":"a","scope":"half"}]', '"scope" has a value'],
  ])('are refused for the file %s', (text, message) => {
    expect(() => readFaultRules(text, 'f.json')).toThrow(UsageError);
    expect(() => readFaultRules(text, 'f.json')).toThrow(message);
  });
});
