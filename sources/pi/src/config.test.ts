import {
  ConfigError,
  connectionSpecification,
  lintSpecification,
  parseConfig,
} from 'airbyte-cdk-ts';

import {about} from './about';
import {
  baseUrlOf,
  trustOf,
  configSchema,
  timeoutsOf,
  timeRulesOf,
  type PiConfig,
} from './config';
import {LOOPBACK_CERTIFICATE} from './transport/loopback-certificate.stand-in';

const SMALLEST = {
  base_url: 'https://pi.example.com/piwebapi',
  credentials: {auth_type: 'basic', username: 'PLANT\\svc', password: 'secret'},
  start_date: '2026-01-01T00:00:00Z',
};

describe('the specification', () => {
  it('is the one committed under spec/, which `spec` tells', () => {
    expect(about.connectionSpecification()).toEqual(
      connectionSpecification(configSchema),
    );
  });

  it('is one that Airbyte’s form can show', () => {
    expect(lintSpecification(connectionSpecification(configSchema))).toEqual([]);
  });
});

describe('the configuration', () => {
  it('needs an address, a sign-in and a start, and has a default for everything else', () => {
    expect(configOf({})).toEqual({
      ...SMALLEST,
      selection: {data_servers: [], points: [], exclude: [], asset_databases: []},
      settle_seconds: 60,
      lookback_minutes: 0,
      snapshot: 'include',
      future_days: 0,
      event_frames: {templates: [], lookback_hours: 24, annotations: true},
      load_audit: 'sample',
      load: {
        max_concurrency: 4,
        max_requests_per_second: 50,
        max_values_per_response: 50_000,
      },
      network: {
        request_timeout_seconds: 60,
        connect_timeout_seconds: 30,
        client_certificate: {format: 'none'},
        min_tls_version: 'TLSv1.2',
        proxy: {exceptions: []},
      },
    });
  });

  it.each([
    {base_url: 'pi.example.com'},
    {base_url: 'ftp://pi.example.com/piwebapi'},
    {base_url: 'https://pi.example.com/piwebapi?x=1'},
    {credentials: {auth_type: 'basic', username: 'a'}},
    {credentials: {auth_type: 'magic', token: 'a'}},
    {start_date: '2026-01-01'},
    {start_date: '2026-13-01T00:00:00Z'},
    {start_date: '2026-01-01T00:00:00+01:00'},
    {end_date: '2025-01-01T00:00:00Z'},
    {settle_seconds: -1},
    {load: {max_concurrency: 17}},
    {network: {ca_certificate: 'no certificate'}},
  ])('refuses %j', (part) => {
    expect(() => configOf(part)).toThrow(ConfigError);
  });

  it('accepts any character in names and passwords', () => {
    const credentials = {
      auth_type: 'basic',
      username: 'PLANT\\ä b+',
      password: '"€ \n',
    };

    expect(configOf({credentials}).credentials).toEqual(credentials);
  });
});

describe('what is made of the configuration', () => {
  it.each([
    'https://pi.example.com/piwebapi',
    'https://pi.example.com/piwebapi/',
    'https://pi.example.com/piwebapi//',
  ])('makes no difference of slashes at the end: %s', (base_url) => {
    expect(baseUrlOf(configOf({base_url}))).toBe('https://pi.example.com/piwebapi');
  });

  it('adds nothing to an address', () => {
    expect(baseUrlOf(configOf({base_url: 'https://proxy/pi'}))).toBe(
      'https://proxy/pi',
    );
  });

  it('turns times into PI’s form and durations into milliseconds', () => {
    const config = configOf({
      end_date: '2026-02-01T00:00:00Z',
      settle_seconds: 5,
      lookback_minutes: 2,
    });

    expect(timeRulesOf(config)).toEqual({
      start: '2026-01-01T00:00:00.0000000Z',
      end: '2026-02-01T00:00:00.0000000Z',
      settleMs: 5000,
      lookbackMs: 120_000,
      frameLookbackMs: 86_400_000,
      futureMs: 0,
    });
    expect(timeoutsOf(config)).toEqual({
      connectTimeoutMs: 30_000,
      readTimeoutMs: 60_000,
    });
  });

  it('takes certificates out of the field one by one', () => {
    const network = {ca_certificate: LOOPBACK_CERTIFICATE.repeat(2)};

    expect(trustOf(configOf({network})).caCertificates).toHaveLength(2);
  });
});

function configOf(part: Record<string, unknown>): PiConfig {
  return parseConfig(configSchema, {...SMALLEST, ...part});
}
