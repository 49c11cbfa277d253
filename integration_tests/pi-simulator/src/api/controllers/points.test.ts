import {type Reply, named, withSimulator} from '../../test-client';

describe('points', () => {
  it('row 13: come in pages with links, and an empty page past the end', async () => {
    await withSimulator({}, async (client) => {
      const server = await client.first('/dataservers');
      const names: string[] = [];
      let next: string | undefined =
        `${server.Links.Points}?maxCount=16&selectedFields=Items.Name;Links`;
      let pages = 0;
      while (next !== undefined) {
        const {body}: Reply = await client.get(next);
        names.push(...body.Items.map((item) => item.Name));
        next = body.Links.Next;
        pages += 1;
      }

      expect(new Set(names).size).toBe(64);
      // 64 is four full pages: the fifth is the empty one that ends the list.
      expect(pages).toBe(5);
      const last = await client.get(`${server.Links.Points}?startIndex=60&maxCount=16`);
      expect(last.body.Items).toHaveLength(4);
      expect(last.body.Links.Next).toBeUndefined();
      expect(last.body.Links.Previous).toContain('startIndex=44');
    });
  });

  it('row 13: come 1000 at a time unless said otherwise', async () => {
    await withSimulator({points: 4000}, async (client) => {
      const server = await client.first('/dataservers');

      const {body} = await client.get(`${server.Links.Points}?selectedFields=Items.Id`);

      expect(body.Items).toHaveLength(1000);
    });
  });

  it.each([
    ['Alder.U1.TI-001', 1],
    ['alder.u1.*', 6],
    ['Alder.U?.TI-001', 1],
    ['Alder.U[12].*', 12],
    ['Alder.U[!1].*', 25],
    ['Alder.U1.TI', 0],
    ['*#*&*', 2],
    ['*+*%', 2],
  ])('row 13: are filtered by name with %s', async (filter, count) => {
    await withSimulator({}, async (client) => {
      const server = await client.first('/dataservers');

      const {body} = await client.get(
        `${server.Links.Points}?nameFilter=${encodeURIComponent(filter)}&selectedFields=Items.Name`,
      );

      expect(body.Items).toHaveLength(count);
    });
  });

  it('row 13: are filtered by their source', async () => {
    await withSimulator({}, async (client) => {
      const server = await client.first('/dataservers');

      const own = await client.get(
        `${server.Links.Points}?sourceFilter=S*&nameFilter=*TI*`,
      );
      const foreign = await client.get(`${server.Links.Points}?sourceFilter=OPC`);

      expect(own.body.Items.length).toBeGreaterThan(0);
      expect(foreign.body.Items).toEqual([]);
    });
  });

  it('row 15: are found by path, WebID and in multiples, 207 when one is missing', async () => {
    await withSimulator({}, async (client) => {
      const path = '\\\\PISRV02\\cedar.u1.ti-001';
      const byPath = await client.get(
        `/points?path=${encodeURIComponent(path)}&webIdType=IDOnly`,
      );
      const webId: string = byPath.body.WebId;
      const all = await client.get(`/points/multiple?webId=${webId}&path=${path}`);
      const some = await client.get(
        `/points/multiple?webId=${webId}&path=\\\\PISRV02\\nope`,
      );
      const failed = await client.get(
        `/points/multiple?includeMode=ItemsWithException&webId=${webId}&path=\\\\PISRV02\\nope`,
      );

      expect(byPath.body.Name).toBe('Cedar.U1.TI-001');
      expect((await client.get('/points?path=\\\\PISRV02\\nope')).status).toBe(404);
      expect((await client.get(`/points/${webId}`)).body.Id).toBe(1);
      expect(all.status).toBe(200);
      expect(some.status).toBe(207);
      expect(some.body.Items).toEqual([
        {
          Identifier: webId,
          IdentifierType: 'WebId',
          Object: expect.objectContaining({Id: 1}),
        },
        {
          Identifier: '\\\\PISRV02\\nope',
          IdentifierType: 'Path',
          Exception: {Errors: [expect.any(String)]},
        },
      ]);
      expect(failed.body.Items).toHaveLength(1);
    });
  });

  it('row 15: show the attributes of the point database, 400 for an unknown name', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');
      const base = `/points/${point.WebId}/attributes`;

      const two = await client.get(`${base}?name=pointsource&name=compdev`);
      const filtered = await client.get(`${base}?nameFilter=*dev`);

      expect(two.body.Items.map((item) => item.Name)).toEqual([
        'compdev',
        'pointsource',
      ]);
      expect(filtered.body.Items.map((item) => item.Name)).toEqual([
        'compdev',
        'excdev',
      ]);
      expect((await client.get(`${base}?name=nonsense`)).status).toBe(400);
      expect((await client.get(`${base}/span`)).body.Value).toBe(200);
    });
  });

  it('row 16: are of all nine types, one with future data, some stepped', async () => {
    await withSimulator({}, async (client) => {
      const points = await client.points();

      expect(new Set(points.map((point) => point.PointType)).size).toBe(9);
      expect(points.filter((point) => point.Future).length).toBeGreaterThan(0);
      expect(points.filter((point) => point.Step).length).toBeGreaterThan(0);
      expect(
        points.find((point) => point.PointType === 'Digital')?.DigitalSetName,
      ).toBe('MachineState');
    });
  });

  it('row 16: have digital sets on their server, System with its reserved codes among them', async () => {
    await withSimulator({}, async (client) => {
      const server = await client.first('/dataservers');
      const sets = await client.get(server.Links.EnumerationSets);
      const system = named(sets.body.Items, 'System');

      const {body} = await client.get(system.Links.Values);

      expect(body.Items.map((value) => value.Value)).toEqual(
        Array.from({length: 128}, (_, index) => 193 + index),
      );
      expect(body.Items.find((value) => (value.Value as unknown) === 246)?.Name).toBe(
        'I/O Timeout',
      );
    });
  });
});
