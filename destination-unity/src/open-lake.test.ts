import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {parseConfig} from 'airbyte-cdk-ts';

import {configSchema} from './config';
import type {DatabricksEngine} from './config/databricks-engine';
import type {DatabricksSettings} from './lake/databricks/settings';
import {
  LOOPBACK_CERTIFICATE,
  loopbackServer,
  tunnelProxy,
} from './http/loopback.stand-in';
import {databricksSettings, openLake} from './open-lake';
import {logInto} from './trial.stand-in';

const SMALLEST = {
  type: 'databricks',
  host: 'dbc-1.cloud.databricks.com',
  http_path: '/sql/1.0/warehouses/1',
  authentication: {auth_type: 'personal_access_token', personal_access_token: 'dapi1'},
};

describe('openLake', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'open-lake-'));

  afterAll(() => rmSync(folder, {recursive: true}));

  it('reaches a catalog server by a private authority and through a proxy', async () => {
    const asked: (string | undefined)[] = [];
    await using server = await loopbackServer(
      ({url}, response) => {
        asked.push(url);
        response.statusCode = 404;
        response.end('{"error_code":"CATALOG_NOT_FOUND","message":"None."}');
      },
      {isSecure: true},
    );
    await using proxy = await tunnelProxy();
    const register = {
      url: server.url,
      catalog: 'unity',
      ca_certificate: LOOPBACK_CERTIFICATE,
      proxy_url: `http://user:secret@127.0.0.1:${proxy.port}`,
    };
    const engine = {type: 'local', path: folder, register};
    const concealed: string[] = [];
    const lake = openLake(parseConfig(configSchema, {schema: 'pi', engine}), {
      log: logInto([]),
      conceal: (secret) => concealed.push(secret),
    });

    await expect(lake.check()).rejects.toThrow('There is no catalog unity');
    await lake.close();

    expect(asked).toEqual([expect.stringMatching(/catalogs\/unity$/)]);
    expect(proxy.credentials).toEqual(['user:secret']);
    expect(concealed).toEqual(['secret']);
  });
});

describe('databricksSettings', () => {
  it('needs host, path and a token, and has a default for everything else', () => {
    expect(settings({})).toEqual({
      address: {
        host: 'dbc-1.cloud.databricks.com',
        port: 443,
        httpPath: '/sql/1.0/warehouses/1',
        authentication: {kind: 'token', token: 'dapi1'},
        caCertificate: undefined,
        proxyUrl: undefined,
      },
      catalog: 'main',
      schema: 'pi plant',
      staging: {volume: '_airbyte_staging', upload: 'sql_put'},
      clustering: {kind: 'auto'},
      jsonType: 'string',
      optimize: 'never',
    });
  });

  it('hands over a service principal', () => {
    const authentication = {
      auth_type: 'oauth_m2m',
      client_id: 'id',
      client_secret: 'secret',
      token_url: 'https://accounts.example.com/v1/token',
    };

    expect(settings({authentication}).address.authentication).toEqual({
      kind: 'service_principal',
      clientId: 'id',
      clientSecret: 'secret',
      tokenUrl: 'https://accounts.example.com/v1/token',
    });
  });

  it('hands over clustering by name, and the volume as it is written', () => {
    const told = settings({
      cluster_by: {mode: 'columns', columns: ['Tag', 'at']},
      staging: {volume: 'My Volume', upload: 'files_api'},
    });

    expect(told.clustering).toEqual({kind: 'columns', columns: ['Tag', 'at']});
    expect(told.staging).toEqual({volume: 'my volume', upload: 'files_api'});
  });
});

function settings(changes: object): DatabricksSettings {
  const engine = {...SMALLEST, ...changes};
  const config = parseConfig(configSchema, {engine, schema: 'PI Plant'});
  return databricksSettings(config, config.engine as DatabricksEngine);
}
