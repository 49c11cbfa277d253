import {withSimulator} from '../test-client';

describe('representation', () => {
  it('row 6: selects members in any case, nested, through lists, ignoring unknown ones', async () => {
    await withSimulator({}, async (client) => {
      const {body} = await client.get(
        '/dataservers?selectedFields=items.webid;ITEMS.Links.Points;Items.Nonsense;Links.Next',
      );

      expect(Object.keys(body)).toEqual(['Links', 'Items']);
      expect(body.Links).toEqual({});
      expect(Object.keys(body.Items[0])).toEqual(['WebId', 'Links']);
      expect(Object.keys(body.Items[0].Links)).toEqual(['Points']);
    });
  });

  it('row 6: selects members of values in stream sets', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');

      const {body} = await client.get(
        `/streamsets/recorded?webId=${point.WebId}&selectedFields=Items.WebId;Items.Items.Timestamp;Items.Items.Good`,
      );

      expect(Object.keys(body)).toEqual(['Items']);
      expect(Object.keys(body.Items[0])).toEqual(['WebId', 'Items']);
      expect(Object.keys(body.Items[0].Items[0])).toEqual(['Timestamp', 'Good']);
    });
  });

  it('row 6: selects a member of a value that is an object', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('*.XS-*');

      const {body} = await client.get(
        `/streams/${point.WebId}/recorded?selectedFields=Items.Value.Name;UnitsAbbreviation`,
      );

      expect(Object.keys(body)).toEqual(['Items', 'UnitsAbbreviation']);
      expect(Object.keys(body.Items[0].Value)).toEqual(['Name']);
    });
  });

  it('row 7: answers with WebIDs of the type asked for, Full where nothing is said', async () => {
    await withSimulator({}, async (client) => {
      const prefixes = async (query: string): Promise<string[]> => {
        const {body} = await client.get(`/assetservers${query}`);
        const [server] = body.Items;
        return [
          server.WebId,
          server.Links.Databases.split('/assetservers/')[1] ?? '',
        ].map((text: string) => text.slice(0, 4));
      };

      expect(await prefixes('')).toEqual(['F1RS', 'F1RS']);
      expect(await prefixes('?webIdType=IDOnly')).toEqual(['I1RS', 'I1RS']);
      expect(await prefixes('?webidtype=pathonly')).toEqual(['P1RS', 'P1RS']);
    });
  });

  it('row 7: answers in its own type whatever type it was asked with', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');

      const {body} = await client.get(`/streamsets/recorded?webId=${point.WebId}`);

      expect(point.WebId).toMatch(/^I1DP/);
      expect(body.Items[0].WebId).toMatch(/^F1DP/);
    });
  });

  it('row 8: takes every form of a WebID, and a Full one by its path when the ids lead nowhere', async () => {
    await withSimulator({}, async (client) => {
      const byType = async (type: string): Promise<string> => {
        const {body} = await client.get(
          `/points?path=\\\\PISRV01\\Alder.U1.TI-001&webIdType=${type}`,
        );
        return body.WebId;
      };
      const full = await byType('Full');
      const renumbered = full.slice(0, 26) + '_wAAAA' + full.slice(32);

      const names: string[] = [];
      for (const webId of [
        full,
        await byType('IDOnly'),
        await byType('PathOnly'),
        renumbered,
      ]) {
        names.push((await client.get(`/points/${webId}`)).body.Name);
      }

      expect(names).toEqual(Array.from({length: 4}, () => 'Alder.U1.TI-001'));
    });
  });

  it('row 9: tells garbage and wrong kinds (400) from what does not exist (404)', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');
      const gone = point.WebId.slice(0, -6) + 'f___fw';

      const garbage = await client.get('/points/F1RDbogus');
      const wrongKind = await client.get(`/elements/${point.WebId}`);
      const unknown = await client.get(`/points/${gone}`);

      expect(garbage).toMatchObject({
        status: 400,
        body: {Errors: ["Unknown or invalid WebID format: 'F1RDbogus'."]},
      });
      expect(wrongKind.status).toBe(400);
      expect(unknown.status).toBe(404);
      expect(unknown.body.Errors).toHaveLength(1);
    });
  });

  it('row 10: takes names of parameters and paths in any case and ignores unknown ones', async () => {
    await withSimulator({}, async (client) => {
      const {body, status} = await client.get(
        '/DataServers/?SELECTEDFIELDS=items.name&webIdFormat=IDOnly&nonsense=1',
      );

      expect(status).toBe(200);
      expect(body).toEqual({Items: [{Name: 'PISRV01'}, {Name: 'PISRV02'}]});
    });
  });

  it('row 11: compresses when asked, and only then', async () => {
    await withSimulator({}, async (client) => {
      const packed = await client.get('/dataservers', {
        'Accept-Encoding': 'gzip, deflate',
      });
      const plain = await client.get('/dataservers', {'Accept-Encoding': 'identity'});

      expect(packed.headers.get('content-encoding')).toBe('gzip');
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(packed.body).toEqual(plain.body);
    });
  });

  it('row 12: prints times in UTC with as many decimals as needed, at the resolution kept', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');
      const {body} = await client.get(`/streams/${point.WebId}/recorded?maxCount=1000`);
      const database = await client.first('/assetservers');
      const databases = await client.get(database.Links.Databases);
      const frames = await client.get(
        `${databases.body.Items[0].Links.EventFrames}?startTime=*-2d&searchFullHierarchy=true`,
      );

      const times: string[] = body.Items.map((item) => item.Timestamp);
      const decimals = new Set(
        times.map((time) => /(?:\.(\d+))?Z$/.exec(time)?.[1]?.length ?? 0),
      );
      expect(times.filter((time) => /(\.\d*0|\.)Z$|[^Z]$/.test(time))).toEqual([]);
      expect(Math.max(...decimals)).toBe(7);
      expect(decimals.size).toBeGreaterThan(1);
      const frameDecimals: string[] = frames.body.Items.map(
        (frame) => /\.(\d+)Z$/.exec(frame.StartTime)?.[1]?.padEnd(7, '0') ?? '0000000',
      );
      // Multiples of 1/300 s, cut at 100 ns.
      expect(
        frameDecimals.filter(
          (digits) =>
            (Number(digits) * 3) % 100_000 > 0 &&
            (Number(digits) * 3 + 2) % 100_000 > 2,
        ),
      ).toEqual([]);
    });
  });
});
