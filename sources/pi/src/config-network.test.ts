import {parseConfig} from 'airbyte-cdk-ts';

import {configSchema, proxyRulesOf, trustOf, type PiConfig} from './config';
import {
  LOOPBACK_CERTIFICATE,
  LOOPBACK_KEY,
  LOOPBACK_PFX,
  LOOPBACK_REVOCATION_LIST,
} from './transport/loopback-certificate.stand-in';

const PEM = {
  format: 'pem',
  certificate: LOOPBACK_CERTIFICATE,
  private_key: LOOPBACK_KEY,
};

describe('the network settings', () => {
  it('tell authorities from lists of revoked certificates', () => {
    const text = LOOPBACK_REVOCATION_LIST + LOOPBACK_CERTIFICATE;
    const trust = trustOf(configOf({ca_certificate: text}));

    expect(trust.caCertificates).toEqual([LOOPBACK_CERTIFICATE.trim()]);
    expect(trust.revocationLists).toEqual([LOOPBACK_REVOCATION_LIST.trim()]);
  });

  it('take a client certificate whose line ends were escaped on the way', () => {
    const {certificate, private_key, format} = PEM;
    const flat = (text: string): string => text.replaceAll('\n', '\\n');
    const client_certificate = {
      ...{format, certificate: flat(certificate)},
      private_key: flat(private_key),
    };

    expect(trustOf(configOf({client_certificate})).clientCertificate).toEqual({
      ...{format: 'pem', certificate: LOOPBACK_CERTIFICATE, key: LOOPBACK_KEY},
      passphrase: undefined,
    });
  });

  it('take a PFX file', () => {
    const client_certificate = {
      ...{format: 'pfx', archive: LOOPBACK_PFX, passphrase: 'opensesame'},
    };

    expect(trustOf(configOf({client_certificate})).clientCertificate).toEqual({
      ...{format: 'pfx', archive: Buffer.from(LOOPBACK_PFX, 'base64')},
      passphrase: 'opensesame',
    });
  });

  it('take a proxy with an account', () => {
    const proxy = {url: 'http://proxy.test:3128', username: 'u', password: 'p'};

    expect(proxyRulesOf(configOf({proxy}))).toEqual({...proxy, exceptions: []});
  });

  it.each([
    ['a key of nobody', {client_certificate: {...PEM, private_key: 'MIGHAgEAMB'}}],
    [
      'a wrong passphrase',
      {
        client_certificate: {
          format: 'pfx',
          archive: LOOPBACK_PFX,
          passphrase: 'MIGHAg',
        },
      },
    ],
    ['an account in an address', {proxy: {url: 'http://u:MIGHAgEA@proxy.test:3128'}}],
    ['an impossible address', {proxy: {url: 'http://proxy.test:99999'}}],
    ['a user without a proxy', {proxy: {username: 'MIGHAgEA'}}],
    ['a password without a user', {proxy: {url: 'http://a', password: 'MIGHAgEA'}}],
    ['a version of old', {min_tls_version: 'SSLv3'}],
    ['a switch that is not there', {server_name: '*'}],
  ])('refuse %s without showing it', (_, network) => {
    expect(() => configOf(network)).toThrow(/Network >/);
    expect(() => configOf(network)).not.toThrow(/MIGHAg/);
  });
});

function configOf(network: object): PiConfig {
  return parseConfig(configSchema, {
    base_url: 'https://pi.example.com/piwebapi',
    credentials: {auth_type: 'anonymous'},
    start_date: '2026-01-01T00:00:00Z',
    network,
  });
}
