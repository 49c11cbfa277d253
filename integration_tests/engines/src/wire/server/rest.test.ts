import fs from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import {text} from 'node:stream/consumers';

import {Storage} from '../storage/storage';
import {Tokens} from './tokens';
import {startWarehouseServer, type WarehouseServer} from './warehouse-server';

interface Reply {
  readonly status: number | undefined;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

describe('the REST side of the wire', () => {
  let folder: string;
  let server: WarehouseServer;
  const storage = (): Storage => new Storage(folder);
  const tokens = new Tokens({
    personal: ['good'],
    clients: {principal: 'its secret'},
    lifetimeSeconds: 60,
  });

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rest-'));
    const served = storage();
    served.volumes.create(['main', 'lake', 'staging'], false);
    server = await startWarehouseServer({
      storage: served,
      tokens,
      answer: () => Promise.reject(new TypeError('not asked for')),
    });
  });

  afterAll(async () => {
    await server.close();
    fs.rmSync(folder, {recursive: true});
  });

  const ask = (
    verb: string,
    at: string,
    {body = '', authorization = 'Bearer good'} = {},
  ): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const {host, port, caCertificate: ca} = server;
      const request = https.request(
        {host, port, ca, path: at, method: verb, headers: {authorization}},
        (response) => {
          const {statusCode: status, headers} = response;
          void text(response).then((read) => resolve({status, headers, body: read}));
        },
      );
      request.on('error', reject);
      request.end(body);
    });

  const FILE = '/api/2.0/fs/files/Volumes/main/lake/staging/a%20b.bin';

  it('keeps, gives, describes and removes a file', async () => {
    const replies = [
      await ask('PUT', `${FILE}?overwrite=true`, {body: 'content'}),
      await ask('GET', FILE),
      await ask('HEAD', FILE),
      await ask('DELETE', FILE),
      await ask('GET', FILE),
      await ask('DELETE', FILE),
      await ask('HEAD', FILE),
    ];

    expect(replies.map(({status}) => status)).toEqual([
      204, 200, 200, 204, 404, 404, 404,
    ]);
    expect(replies[1]?.body).toBe('content');
    expect(replies[2]?.headers['content-length']).toBe('7');
    expect(JSON.parse(replies[4]?.body ?? '')).toMatchObject({
      error_code: 'NOT_FOUND',
      message: expect.stringContaining('/Volumes/main/lake/staging/a b.bin'),
    });
  });

  it('overwrites a file only when told to', async () => {
    await ask('PUT', `${FILE}?overwrite=true`, {body: 'first'});

    const refused = await ask('PUT', `${FILE}?overwrite=false`, {body: 'second'});

    expect(refused.status).toBe(409);
    expect((await ask('GET', FILE)).body).toBe('first');
  });

  it.each([
    ['GET', '/api/2.0/fs/files/Volumes/main/lake/missing/f', 404],
    ['GET', '/api/2.0/fs/files/Volumes/main/lake/staging/..%2f..%2f..%2fx', 400],
    ['GET', '/api/2.0/unknown', 404],
    ['PUT', '/presigned/unknown', 403],
  ])('answers %s %s with %d', async (verb, at, status) => {
    expect((await ask(verb, at)).status).toBe(status);
  });

  it('asks who is there', async () => {
    expect((await ask('GET', FILE, {authorization: 'Bearer bad'})).status).toBe(401);
  });

  it('grants tokens to service principals, and takes them back', async () => {
    const authorization = `Basic ${Buffer.from('principal:its%20secret').toString('base64')}`;
    const body = 'grant_type=client_credentials&scope=all-apis';

    const granted = await ask('POST', '/oidc/v1/token', {authorization, body});

    const {access_token: token} = JSON.parse(granted.body) as {access_token: string};
    const bearer = {authorization: `Bearer ${token}`};
    expect(JSON.parse(granted.body)).toMatchObject({
      token_type: 'Bearer',
      expires_in: 60,
    });
    expect((await ask('HEAD', FILE, bearer)).status).not.toBe(401);
    tokens.expireIssued();
    expect((await ask('HEAD', FILE, bearer)).status).toBe(401);
  });

  it('refuses a wrong secret', async () => {
    const body =
      'grant_type=client_credentials&client_id=principal&client_secret=wrong';

    const refused = await ask('POST', '/oidc/v1/token', {authorization: '', body});

    expect(refused).toMatchObject({
      status: 401,
      body: expect.stringContaining('invalid_client'),
    });
  });
});
