import {connectionSpecification, lintSpecification, parseConfig} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {credentials} from './config-credentials';

const schema = z.object({credentials});

const KERBEROS = {auth_type: 'kerberos', principal: 'svc_airbyte@PLANT.EXAMPLE'};
const OIDC = {auth_type: 'oidc', client_id: 'airbyte', client_secret: 's'};

describe('the ways to sign in', () => {
  it.each([
    {auth_type: 'basic', username: 'PLANT\\svc', password: '€ "'},
    {auth_type: 'basic', username: 'svc@plant.example', password: ':'},
    {auth_type: 'bearer', token: 'a.b.c'},
    {auth_type: 'anonymous'},
    {auth_type: 'ntlm', username: 'PLANT\\svc', password: 'p'},
    {...OIDC, token_url: 'https://sso.example.com/connect/token'},
    {...OIDC, issuer_url: 'https://sso.example.com/identitymanager'},
    OIDC,
    {...KERBEROS, password: 'p'},
    {...KERBEROS, keytab: 'BQI=\n'},
    {...KERBEROS, keytab_path: '/secrets/svc.keytab', kdcs: ['dc1', '[::1]:88']},
    {...KERBEROS, password: 'p', principal: 'gmsa$@PLANT.EXAMPLE'},
    {...KERBEROS, password: 'p', service_principal: 'HTTP/pi.example.com'},
  ])('take %j', (given) => {
    expect(accepted(given)).toMatchObject(given);
  });

  it.each([
    [{auth_type: 'basic', username: 'a'}, 'password'],
    [{auth_type: 'ntlm', username: 'a'}, 'password'],
    [{...OIDC, client_secret: ''}, 'client_secret'],
    [{...OIDC, token_url: 'sso.example.com'}, 'https://sso.example.com/connect/token'],
    [KERBEROS, 'Give one of the three'],
    [{...KERBEROS, password: 'p', keytab: 'BQI='}, 'Give one of the three'],
    [{...KERBEROS, password: 'p', principal: 'PLANT\\svc'}, 'an account and its realm'],
    [{...KERBEROS, password: 'p', principal: 'a\nb@R'}, 'an account and its realm'],
    [{...KERBEROS, keytab: 'not base64!'}, 'a keytab file as base64 text'],
    [{...KERBEROS, keytab_path: 'svc.keytab'}, 'an absolute path'],
    [{...KERBEROS, password: 'p', kdcs: ['tcp/dc1']}, 'a host, or host:port'],
    [
      {...KERBEROS, password: 'p', kdcs: ['dc1\n[libdefaults]']},
      'a host, or host:port',
    ],
    [{...KERBEROS, password: 'p', service_principal: 'pi'}, 'a service and a host'],
  ])('refuse %j, and say why', (given, words) => {
    expect(() => accepted(given)).toThrow(words);
  });

  it('can be shown as a form', () => {
    expect(lintSpecification(connectionSpecification(schema))).toEqual([]);
  });
});

function accepted(given: unknown): unknown {
  return parseConfig(schema, {credentials: given as never}).credentials;
}
