import {withSimulator} from '../test-client';

describe('broken answers', () => {
  it('row 18: hold one value that is an error among good ones', async () => {
    const faults = [
      {match: 'Alder.U1.PI-002', on: 'stream', scope: 'value', errorAfterValues: 2},
    ] as const;
    await withSimulator({faults}, async (client) => {
      const [good, bad] = await client.points('Alder.U1.*');
      const path = `/streamsets/recorded?webId=${good.WebId}&webId=${bad.WebId}&maxCount=4`;

      const spoiled = (await client.get(path)).body.Items;
      const alone = (await client.get(`/streams/${bad.WebId}/recorded?maxCount=4`))
        .body;
      client.simulator.clearFaults();
      const whole = (await client.get(path)).body.Items;

      expect(spoiled[0]).toEqual(whole[0]);
      expect(spoiled[1].Items.map((item) => item.Timestamp)).toEqual(
        whole[1].Items.map((item) => item.Timestamp),
      );
      expect(spoiled[1].Items.toSpliced(2, 1)).toEqual(whole[1].Items.toSpliced(2, 1));
      expect(spoiled[1].Items[2]).toMatchObject({
        Value: null,
        Good: true,
        Errors: [{FieldName: 'Value', Message: [expect.any(String)]}],
      });
      expect(alone.Items).toEqual(spoiled[1].Items);
    });
  });

  it('row 18: lose their errors where those are not selected', async () => {
    const faults = [
      {match: 'Alder.U1.PI-002', on: 'stream', scope: 'value', errorAfterValues: 0},
    ] as const;
    await withSimulator({faults}, async (client) => {
      const {WebId} = await client.point('Alder.U1.PI-002');

      const {body} = await client.get(
        `/streams/${WebId}/recorded?maxCount=1&selectedFields=Items.Timestamp;Items.Value;Items.Good`,
      );

      expect(body.Items).toEqual([
        {Timestamp: expect.any(String), Value: null, Good: true},
      ]);
    });
  });

  it.each([0, 3, 5, 9])(
    'row 19: end with WebException after %i values, wherever that is',
    async (webExceptionAfterValues) => {
      const faults = [{match: '/recorded', webExceptionAfterValues}];
      await withSimulator({faults}, async (client) => {
        const [a, b] = await client.points('Alder.U1.*');

        const {status, body} = await client.get(
          `/streamsets/recorded?webId=${a.WebId}&webId=${b.WebId}&maxCount=5`,
        );

        const values = body.Items.flatMap((item) => item.Items);
        expect(status).toBe(200);
        expect(values).toHaveLength(webExceptionAfterValues);
        expect(body.WebException.StatusCode).toBe(500);
      });
    },
  );

  it.each([
    ['/dataservers', 1, {Items: [{Name: 'PISRV01'}], WebException: {StatusCode: 500}}],
    ['/system/userinfo', 0, {Name: 'pi-reader', WebException: {StatusCode: 500}}],
  ])('row 19: end %s with WebException, too', async (match, items, expected) => {
    const faults = [{match, webExceptionAfterValues: items, times: 1}];
    await withSimulator({faults}, async (client) => {
      const broken = await client.get(match);
      const whole = await client.get(match);

      expect(broken.body).toMatchObject(expected);
      expect(whole.body.WebException).toBeUndefined();
    });
  });

  it('row 19: hide a WebException that was not selected', async () => {
    const faults = [{match: '/dataservers', webExceptionAfterValues: 1}];
    await withSimulator({faults}, async (client) => {
      const {body} = await client.get('/dataservers?selectedFields=Items.Name');

      expect(body).toEqual({Items: [{Name: 'PISRV01'}]});
    });
  });

  it.each([
    ['are cut in the middle', {truncateAfterBytes: 40}],
    ['never begin', {reset: true}],
  ])('row 19: %s', async (_, effect) => {
    const faults = [{match: '/dataservers', times: 1, ...effect}];
    await withSimulator({faults}, async (client) => {
      await expect(client.get('/dataservers')).rejects.toThrow();
      expect((await client.get('/dataservers')).status).toBe(200);
    });
  });

  it('row 19: come as a trickle, and whole in the end', async () => {
    const faults = [{match: '/dataservers', times: 1, trickleBytes: 200, trickleMs: 1}];
    await withSimulator({faults}, async (client) => {
      const slow = await client.get(
        '/dataservers?selectedFields=Items.Name;Items.Path',
      );
      const fast = await client.get(
        '/dataservers?selectedFields=Items.Name;Items.Path',
      );

      expect(slow.body).toEqual(fast.body);
    });
  });

  it('are pages with status 200 where a proxy speaks up', async () => {
    const faults = [
      {match: '/dataservers', times: 1, status: 200, body: 'html', message: 'Sign in'},
    ] as const;
    await withSimulator({faults}, async (client) => {
      const {status, headers, body} = await client.get('/dataservers');

      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('text/html');
      expect(body).toContain('Sign in');
    });
  });

  it('row 5: name a host in their links that the caller does not know', async () => {
    const faults = [
      {match: '/dataservers', times: 1, linkHost: 'internal.example:8443'},
    ];
    await withSimulator({faults}, async (client) => {
      const wrong = await client.first('/dataservers');
      const right = await client.first('/dataservers');

      expect(wrong.Links.Self).toBe(
        right.Links.Self.replace(/127\.0\.0\.1:\d+/, 'internal.example:8443'),
      );
      expect(right.Links.Self).toContain('127.0.0.1');
    });
  });
});
