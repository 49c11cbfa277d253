import {withSimulator} from '../../test-client';

const ELSEWHERE = 'https://pi.example.net/piwebapi';
const get = (resource: string, more: object = {}): object => ({
  Method: 'GET',
  Resource: ELSEWHERE + resource,
  ...more,
});

describe('batch', () => {
  it('row 33: answers 207 under the ids of the requests, whatever host they name', async () => {
    await withSimulator({}, async (client) => {
      const {status, body} = await client.batch({
        servers: get('/dataservers?selectedFields=Items.Name'),
        '2': get('/points/F1DPnonsense'),
      });

      expect(status).toBe(207);
      expect(body).toEqual({
        servers: {
          Status: 200,
          Headers: {'Content-Type': 'application/json; charset=utf-8'},
          Content: {Items: [{Name: 'PISRV01'}, {Name: 'PISRV02'}]},
        },
        '2': {
          Status: 400,
          Headers: {'Content-Type': 'application/json; charset=utf-8'},
          Content: {
            Errors: [expect.stringContaining('Unknown or invalid WebID format')],
          },
        },
      });
    });
  });

  it.each<[string, unknown]>([
    ['a list under Requests', {Requests: [get('/dataservers')]}],
    ['a list', [get('/dataservers')]],
    ['broken JSON', '{"a":'],
    ['a request without a method', {a: {Resource: `${ELSEWHERE}/dataservers`}}],
    ['content that is no string', {a: get('/dataservers', {Content: {}})}],
    ['an unknown parent', {a: get('/dataservers', {ParentIds: ['b']})}],
    ['a cycle', {a: get('/', {ParentIds: ['b']}), b: get('/', {ParentIds: ['a']})}],
  ])('row 33: refuses %s with 400', async (_, body) => {
    await withSimulator({}, async (client) => {
      expect((await client.post('/batch', body)).status).toBe(400);
    });
  });

  it('takes no relative resource', async () => {
    await withSimulator({}, async (client) => {
      const {body} = await client.batch({
        a: {Method: 'GET', Resource: '/dataservers'},
      });

      expect(body.a.Status).toBe(400);
    });
  });

  it('row 33: takes raw backslashes and blanks, and member names in any case', async () => {
    await withSimulator({}, async (client) => {
      const {body} = await client.batch({
        a: {
          method: 'get',
          resource: `${ELSEWHERE}/elements?path=\\\\AFSRV01\\Production\\Alder\\Process\\U1\\Reactor 1&selectedFields=Name`,
          content: '{}',
        },
      });

      expect(body.a).toMatchObject({Status: 200, Content: {Name: 'Reactor 1'}});
    });
  });

  it('row 34: runs parents first and fills what their answers hold', async () => {
    await withSimulator({}, async (client) => {
      const {body} = await client.batch({
        rec: {
          Method: 'GET',
          Resource: '{0}?startTime=*-1h&maxCount=2&selectedFields=Items.Value',
          ParentIDs: ['pt'],
          Parameters: ['$.pt.Content.Links.RecordedData'],
        },
        direct: {
          Method: 'GET',
          Resource: '$.pt.Content.Links.DataServer',
          ParentIds: ['pt'],
        },
        type: {
          Method: 'GET',
          Resource: `${ELSEWHERE}/points/{1}?selectedFields=Name&x={0}`,
          ParentIds: ['pt'],
          Parameters: ["$.pt.Headers['Content-Type']", '$.pt.Content.WebId'],
        },
        pt: get('/points?path=\\\\PISRV01\\Alder.U1.TI-001'),
      });

      expect(body.rec.Content.Items).toHaveLength(2);
      expect(body.direct.Content.Name).toBe('PISRV01');
      expect(body.type.Content).toEqual({Name: 'Alder.U1.TI-001'});
    });
  });

  it('row 34: runs a template once for each token, in their order', async () => {
    await withSimulator({}, async (client) => {
      const {body} = await client.batch({
        els: get(
          `/elements/multiple?path=${encodeURIComponent('\\\\AFSRV01\\Production\\Alder\\Process')}`,
        ),
        kids: {
          Method: 'GET',
          RequestTemplate: {Resource: '{0}?selectedFields=Items.Name'},
          ParentIds: ['els'],
          Parameters: ['$.els.Content.Items[*].Object.Links.Elements'],
        },
        each: {
          Method: 'GET',
          RequestTemplate: {
            Resource: `${ELSEWHERE}/dataservers/{0}?selectedFields=Name`,
          },
          ParentIds: ['servers'],
          Parameters: ['$.servers.Content.Items[*].WebId'],
        },
        servers: get('/dataservers'),
      });

      expect(body.kids.Status).toBe(207);
      expect(body.kids.Content.Items[0].Content.Items.map((item) => item.Name)).toEqual(
        ['U1', 'U4'],
      );
      expect(body.each).toMatchObject({
        Status: 207,
        Content: {
          Total: 2,
          Items: [
            {Status: 200, Content: {Name: 'PISRV01'}},
            {Status: 200, Content: {Name: 'PISRV02'}},
          ],
        },
      });
    });
  });

  it('row 35: does not run the child of a failed parent', async () => {
    await withSimulator({}, async (client) => {
      const {body} = await client.batch({
        bad: get('/points?path=\\\\PISRV01\\nope'),
        child: {
          Method: 'GET',
          Resource: '{0}',
          ParentIds: ['bad'],
          Parameters: ['$.bad.Content.Links.Self'],
        },
      });

      expect(body.bad.Status).toBe(404);
      expect(body.child).toMatchObject({
        Status: 409,
        Content: 'The following ParentIds did not complete successfully: bad.',
      });
    });
  });

  it('row 34: takes literal braces only percent-encoded where it fills parameters', async () => {
    await withSimulator({}, async (client) => {
      const child = (resource: string): object => ({
        Method: 'GET',
        Resource: resource,
        ParentIds: ['parent'],
        Parameters: ['$.parent.Content.Items[0].Links.Self'],
      });
      const {body} = await client.batch({
        parent: get('/dataservers'),
        raw: child('{0}?x={a}'),
        encoded: child('{0}?x=%7Ba%7D'),
        alone: get('/dataservers?name={a}'),
      });

      expect([body.raw.Status, body.encoded.Status, body.alone.Status]).toEqual([
        400, 200, 404,
      ]);
    });
  });

  it('row 35: says in a bare string when a JSONPath selects nothing', async () => {
    await withSimulator({}, async (client) => {
      const {body} = await client.batch({
        none: get('/dataservers?selectedFields=Links'),
        child: {
          Method: 'GET',
          Resource: '{0}',
          ParentIds: ['none'],
          Parameters: ['$.none.Content.Items[*].Links.Self'],
        },
      });

      expect(body.child).toMatchObject({
        Status: 400,
        Content:
          'Some JSON paths did not select any tokens: $.none.Content.Items[*].Links.Self',
      });
    });
  });

  it('holds recorded values byte for byte as the plain request does', async () => {
    await withSimulator({}, async (client) => {
      const points = await client.points('Alder.*');
      const query = points.map((point) => `webId=${point.WebId}`).join('&');
      const resource = `/streamsets/recorded?${query}&maxCount=50&webIdType=IDOnly`;

      const plain = await client.get(resource);
      const {body} = await client.batch({a: get(resource)});

      expect(body.a.Content).toEqual(plain.body);
    });
  });

  it('applies limits to each of its requests', async () => {
    await withSimulator({maxReturnedItems: 10}, async (client) => {
      const {body} = await client.batch({
        a: get('/assetservers'),
        b: get('/dataservers'),
      });
      const [server] = body.b.Content.Items;
      const more = await client.batch({
        a: {Method: 'GET', Resource: `${server.Links.Points}?maxCount=11`},
      });

      expect(more.body.a.Status).toBe(400);
    });
  });
});
