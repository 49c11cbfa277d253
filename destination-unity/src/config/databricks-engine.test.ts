import {rootCertificates} from 'node:tls';

import {ConfigError, parseConfig} from 'airbyte-cdk-ts';

import {databricksEngine, type DatabricksEngine} from './databricks-engine';

const TOKEN = {auth_type: 'personal_access_token', personal_access_token: 'dapi1'};
const SMALLEST = {
  type: 'databricks',
  host: 'dbc-1.cloud.databricks.com',
  http_path: '/sql/1.0/warehouses/1',
  authentication: TOKEN,
};

describe('the host', () => {
  it.each([
    ['https://adb-12.7.azuredatabricks.net/?o=12#job', 'adb-12.7.azuredatabricks.net'],
    ['https://dbc-1.cloud.databricks.com/', 'dbc-1.cloud.databricks.com'],
    [' DBC-1.cloud.databricks.com ', 'dbc-1.cloud.databricks.com'],
    ['localhost', 'localhost'],
  ])('is taken out of %j', (host, cleaned) => {
    expect(engine({host}).host).toBe(cleaned);
  });

  it.each(['dbc-1.cloud.databricks.com:443', 'a b', '', 'ftp://dbc-1'])(
    'is not found in %j',
    (host) => {
      expect(() => engine({host})).toThrow(/host.*Expected the name of a host/);
    },
  );
});

describe('the path', () => {
  it.each(['sql/1.0/warehouses/1', '/sql/1.0/warehouses/1/', ' /sql/1.0/warehouses/1'])(
    'is cleaned: %j',
    (http_path) => {
      expect(engine({http_path}).http_path).toBe('/sql/1.0/warehouses/1');
    },
  );

  it('is not the address of a page', () => {
    const http_path = 'https://dbc-1.cloud.databricks.com/sql/warehouses/1?o=12';

    expect(() => engine({http_path})).toThrow(ConfigError);
  });
});

describe('the CA certificate', () => {
  it('may be left empty', () => {
    expect(engine({ca_certificate: '\n'}).ca_certificate).toBeUndefined();
  });

  it('must be one', () => {
    expect(() => engine({ca_certificate: 'secret.pem'})).toThrow(
      'Expected certificates as PEM text',
    );
  });

  it('must be whole', () => {
    const ca_certificate = certificate().replace(/[A-Za-z]{40}/, '');

    expect(() => engine({ca_certificate})).toThrow('Certificate 1 is cut or damaged.');
  });

  it('may have its line ends written out', () => {
    const ca_certificate = certificate().replaceAll('\n', '\\n');

    expect(engine({ca_certificate}).ca_certificate).toBe(ca_certificate);
  });
});

describe('other settings', () => {
  it.each([
    [{authentication: {...TOKEN, personal_access_token: 'dapi1\n'}}],
    [{authentication: {auth_type: 'oauth_m2m', client_id: 'id'}}],
    [
      {
        authentication: {
          auth_type: 'oauth_m2m',
          client_id: 'id',
          client_secret: 'secret',
          token_url: 'http://accounts.example.com',
        },
      },
    ],
    [{port: 0}],
    [{proxy_url: 'proxy.example.com:3128'}],
    [{cluster_by: {mode: 'columns', columns: []}}],
    [{cluster_by: {mode: 'columns', columns: ['a', 'b', 'c', 'd', 'e']}}],
  ])('refuse %j', (changes) => {
    expect(() => engine(changes)).toThrow(ConfigError);
  });
});

function engine(changes: object): DatabricksEngine {
  return parseConfig(databricksEngine, {...SMALLEST, ...changes});
}

/** Any public one will do. */
function certificate(): string {
  return rootCertificates[0] ?? '';
}
