import {type Answered, named, withSimulator} from '../../test-client';

describe('stream sets', () => {
  it('row 27: hold the recorded values of many points, maxCount for each', async () => {
    await withSimulator({}, async (client) => {
      const points = (await client.points()).slice(0, 40);
      const webIds = points.map((point) => `webId=${point.WebId}`).join('&');

      const {body} = await client.get(
        `/streamsets/recorded?${webIds}&maxCount=3&webIdType=IDOnly`,
      );

      expect(body.Links).toEqual({});
      expect(body.Items.map((item) => item.WebId).toSorted()).toEqual(
        points.map((point) => point.WebId).toSorted(),
      );
      expect(
        body.Items.filter((item) => item.Items.length === 3).length,
      ).toBeGreaterThan(30);
      expect(body.Items[0]).toMatchObject({
        Name: points[0]!.Name,
        Path: points[0]!.Path,
        Links: {Source: points[0]!.Links.Self},
        UnitsAbbreviation: '',
      });
    });
  });

  it('row 27: hold the streams in another order than asked when configured so', async () => {
    await withSimulator({streamOrder: 'reversed'}, async (client) => {
      const points = (await client.points()).slice(0, 3);
      const webIds = points.map((point) => `webId=${point.WebId}`).join('&');

      const {body} = await client.get(`/streamsets/recorded?${webIds}&maxCount=1`);

      expect(body.Items.map((item) => item.Name)).toEqual(
        points.map((point) => point.Name).toReversed(),
      );
    });
  });

  it('row 27: hold points of both servers and attributes side by side', async () => {
    await withSimulator({}, async (client) => {
      const alder = await client.point('Alder.U1.TI-*');
      const cedar = await client.point('Cedar.U1.TI-*');
      const element = await client.get(
        '/elements?path=\\\\AFSRV01\\Production\\Alder\\Process\\U1\\Reactor 1',
      );
      const attributes = await client.get(
        `${element.body.Links.Attributes}?nameFilter=Temperature`,
      );
      const [attribute] = attributes.body.Items;

      const {body} = await client.get(
        `/streamsets/recorded?webId=${alder.WebId}&webId=${cedar.WebId}&webId=${attribute.WebId}&startTime=*-1h`,
      );

      expect(body.Items.map((item) => item.Name)).toEqual([
        'Alder.U1.TI-001',
        'Cedar.U1.TI-001',
        'Temperature',
      ]);
      const values = (item: Answered) => item.Items.map((value) => value.Value);
      expect(values(body.Items[2])).toEqual(values(body.Items[0]));
      expect(body.Items[2].UnitsAbbreviation).toBe('°C');
      expect(body.Items[2].Links.Source).toContain('/attributes/');
    });
  });

  it('row 27: keep streams without events in the list', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');

      const {body} = await client.get(
        `/streamsets/recorded?webId=${point.WebId}&startTime=2019-01-01&endTime=2019-01-02`,
      );

      expect(body.Items).toHaveLength(1);
      expect(body.Items[0].Items).toEqual([]);
    });
  });

  it('row 27: hold the streams of an element, and one value of each', async () => {
    await withSimulator({}, async (client) => {
      const element = await client.get(
        '/elements?path=\\\\AFSRV01\\Production\\Alder\\Process\\U1\\Reactor 1',
      );
      const id: string = element.body.WebId;

      const recorded = await client.get(
        `/streamsets/${id}/recorded?nameFilter=T*&maxCount=5`,
      );
      const value = await client.get(`/streamsets/${id}/value`);

      expect(recorded.body.Items.map((item) => item.Name)).toContain('Temperature');
      expect(named(value.body.Items, 'Manufacturer').Value).toMatchObject({
        Timestamp: '1970-01-01T00:00:00Z',
        Good: true,
      });
    });
  });

  it('row 28: fail as a whole for a WebID that cannot be read or leads nowhere', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');
      const gone = point.WebId.slice(0, -6) + 'f___fw';

      const garbage = await client.get(
        `/streamsets/recorded?webId=${point.WebId}&webId=nonsense`,
      );
      const missing = await client.get(
        `/streamsets/recorded?webId=${point.WebId}&webId=${gone}`,
      );
      const none = await client.get('/streamsets/recorded');

      expect([garbage.status, missing.status, none.status]).toEqual([400, 404, 400]);
    });
  });

  it('row 28: keep the failure of a missing stream in its item when configured so', async () => {
    await withSimulator({missingStream: 'item'}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');
      const gone = point.WebId.slice(0, -6) + 'f___fw';

      const {status, body} = await client.get(
        `/streamsets/recorded?webId=${gone}&webId=${point.WebId}&maxCount=2`,
      );

      expect(status).toBe(200);
      expect(body.Items[0]).toMatchObject({
        WebId: gone,
        Items: [],
        WebException: {StatusCode: 404},
      });
      expect(body.Items[1].Items).toHaveLength(2);
    });
  });
});
