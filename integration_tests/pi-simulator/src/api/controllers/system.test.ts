import {withSimulator} from '../../test-client';

describe('sign-in, root and system', () => {
  it('row 1: demands credentials on every resource, says which, and with a Message', async () => {
    await withSimulator({bearerToken: 'token-1'}, async (client) => {
      for (const path of [
        '/',
        '/system/userinfo',
        '/dataservers',
        '/batch',
        '/nothing',
      ]) {
        const reply = await client.get(path, {Authorization: 'Basic bm86Ym9keQ=='});

        expect(reply.status).toBe(401);
        expect(reply.headers.get('www-authenticate')).toContain('Basic realm=');
        expect(reply.headers.get('www-authenticate')).toContain('Bearer');
        expect(reply.body).toEqual({
          Message: 'Authorization has been denied for this request.',
        });
      }
      const bearer = await client.get('/system/userinfo', {
        Authorization: 'Bearer token-1',
      });
      expect(bearer.body).toMatchObject({
        IsAuthenticated: true,
        IdentityType: 'ClaimsIdentity',
      });
    });
  });

  it('lets everyone in as the service itself where it is set up so', async () => {
    await withSimulator({anonymous: true}, async (client) => {
      const nobody = {Authorization: 'Basic bm86Ym9keQ=='};

      expect((await client.get('/system/userinfo', nobody)).status).toBe(204);
      expect((await client.get('/dataservers', nobody)).status).toBe(200);
      expect((await client.get('/system/status', nobody)).status).toBe(403);
    });
  });

  it.each(['status', 'versions', 'configuration', 'cacheinstances'])(
    'row 2: keeps /system/%s for administrators',
    async (resource) => {
      const admin = {username: 'root', password: 'secret'};
      await withSimulator({admin}, async (client) => {
        const header = `Basic ${Buffer.from('root:secret').toString('base64')}`;

        const refused = await client.get(`/system/${resource}`);
        const allowed = await client.get(`/system/${resource}`, {
          Authorization: header,
        });

        expect(refused.status).toBe(403);
        expect(refused.body.Errors).toHaveLength(1);
        expect(allowed.status).toBe(200);
      });
    },
  );

  it('row 3: refuses a POST without X-Requested-With, unless told not to', async () => {
    await withSimulator({}, async (client) => {
      const refused = await client.send('POST', '/batch', {body: '{}'});
      const accepted = await client.post('/batch', {});

      expect(refused.status).toBe(400);
      expect(accepted.status).toBe(207);
    });
    await withSimulator({csrfDefence: false}, async (client) => {
      expect((await client.send('POST', '/batch', {body: '{}'})).status).toBe(207);
    });
  });

  it('row 5: offers root, system and user info with absolute links', async () => {
    await withSimulator({}, async (client) => {
      const {url} = client.simulator;

      expect((await client.get('/')).body).toEqual({
        Links: {
          Self: `${url}/`,
          AssetServers: `${url}/assetservers`,
          DataServers: `${url}/dataservers`,
          System: `${url}/system`,
        },
      });
      expect((await client.get('/system')).body).toMatchObject({
        ProductTitle: 'PI Web API',
        ProductVersion: expect.stringMatching(/^1\.\d+/),
        Links: {UserInfo: `${url}/system/userinfo`},
      });
      expect((await client.get('/system/userinfo')).body).toMatchObject({
        Name: client.simulator.username,
        IsAuthenticated: true,
      });
    });
  });

  it('row 5: writes links from the Host it was called by, or a wrong one if told so', async () => {
    await withSimulator({linkHost: 'pi-internal.corp:8443'}, async (client) => {
      const {body} = await client.get('/');

      expect(body.Links.Self).toBe('http://pi-internal.corp:8443/piwebapi/');
    });
  });

  it('answers an unknown path with 404 and a wrong method with 405', async () => {
    await withSimulator({}, async (client) => {
      expect((await client.get('/uoms')).status).toBe(404);
      expect((await client.get('/batch')).status).toBe(405);
    });
  });
});
