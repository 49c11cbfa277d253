import {parseConfig} from 'airbyte-cdk-ts';

import {configSchema} from './config';
import type {DatabricksEngine} from './config/databricks-engine';
import type {DatabricksSettings} from './lake/databricks/settings';
import {databricksSettings} from './open-lake';

const SMALLEST = {
  type: 'databricks',
  host: 'dbc-1.cloud.databricks.com',
  http_path: '/sql/1.0/warehouses/1',
  authentication: {auth_type: 'personal_access_token', personal_access_token: 'dapi1'},
};

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
