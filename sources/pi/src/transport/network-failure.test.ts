import fc from 'fast-check';

import {meaningOf, networkFailure} from './network-failure';
import {NETWORK_MEANINGS} from './network-faults';

const KNOWN_PLACES = ['{host}', '{proxy}', '{authority}', '{name}', '{code}'];

describe('networkFailure', () => {
  it.each([
    ['ENOTFOUND', '', 'transient_error', 'not known to the name servers'],
    ['ECONNREFUSED', '', 'transient_error', 'Check the port'],
    ['CONNECT_TIMEOUT', '', 'transient_error', 'firewall'],
    ['READ_TIMEOUT', '', 'transient_error', 'did not answer in time'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', '', 'config_error', 'CA certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', '', 'config_error', 'self-signed'],
    ['CERT_HAS_EXPIRED', '', 'config_error', 'expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', '', 'config_error', 'not made out to'],
    ['EPROTO', 'ssl3_get_record:wrong version number', 'config_error', 'http://'],
    ['EPROTO', 'tlsv1 alert protocol version', 'config_error', 'TLS 1.2'],
    ['ESOMETHING', 'whatever', 'transient_error', 'failed'],
  ])('says of %s %s who must act', (...[code, text, failureType, words]) => {
    const failure = networkFailure({code, text, host: 'pi.test:443'});

    expect(failure.failureType).toBe(failureType);
    expect(failure.message).toContain(words);
    expect(failure.message).toContain('pi.test');
    expect(failure.details).toEqual({code});
  });

  it('never shows the words of the fault, which may carry what was sent', () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[a-z]{12,}$/), (code, text) => {
        expect(String(networkFailure({code, text, host: 'h'}))).not.toContain(text);
      }),
      {seed: 1},
    );
  });
});

describe('meaningOf', () => {
  it.each([
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND pi', 'NAME_UNKNOWN'],
    ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN pi', 'NAME_SERVER_SILENT'],
    ['ECONNREFUSED', '', 'PORT_CLOSED'],
    ['EHOSTUNREACH', '', 'NO_ROUTE'],
    ['ENETUNREACH', '', 'NO_ROUTE'],
    ['TLS_TIMEOUT', '', 'TLS_SILENT'],
    ['ECONNRESET', 'socket hang up', 'CLOSED_BEFORE_ANSWER'],
    [
      'ECONNRESET',
      'Client network socket disconnected before secure TLS connection was established',
      'TLS_BROKEN_OFF',
    ],
    ['BODY_CUT', 'stream has been aborted', 'ANSWER_CUT'],
    ['EPROTO', 'SSL routines:ssl3_get_record:wrong version number', 'TLS_NOT_SPOKEN'],
    ['EPROTO', 'tlsv1 alert protocol version', 'TLS_VERSION'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls_unsupported protocol', 'TLS_VERSION'],
    ['EPROTO', 'sslv3 alert handshake failure', 'TLS_HANDSHAKE_REFUSED'],
    [
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      'tlsv13 alert certificate required',
      'CLIENT_CERTIFICATE_REQUIRED',
    ],
    [
      'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
      'tlsv1 alert unknown ca',
      'CLIENT_CERTIFICATE_REFUSED',
    ],
    ['SELF_SIGNED_CERT_IN_CHAIN', '', 'CERTIFICATE_ROOT_UNKNOWN'],
    ['CERT_NOT_YET_VALID', '', 'CERTIFICATE_NOT_YET_VALID'],
    ['CERT_REVOKED', '', 'CERTIFICATE_REVOKED'],
    ['HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/', 'NO_HTTP'],
  ])('knows %s (%s) as %s', (code, text, id) => {
    expect(meaningOf({code, text}).id).toBe(id);
  });

  it('tells a closed connection in plain text from one over TLS', () => {
    const fault = {code: 'ECONNRESET', text: 'socket hang up', isPlain: true};

    expect(meaningOf(fault).id).toBe('CLOSED_IN_PLAIN_TEXT');
  });

  it('has an id of its own for each row, and no row that another hides', () => {
    const ids = NETWORK_MEANINGS.map(({id}) => id);

    expect(new Set(ids).size).toBe(ids.length);
    for (const row of NETWORK_MEANINGS) {
      for (const code of row.codes ?? []) {
        expect(meaningOf({code, text: '', isPlain: row.plain === true})).toBe(row);
      }
    }
  });

  it('says in each text what is known alone, and ends it', () => {
    for (const {text} of NETWORK_MEANINGS) {
      const places = text.match(/\{\w+\}/g) ?? [];

      expect(text).toMatch(/[^.][.?]$/);
      expect(KNOWN_PLACES).toEqual(expect.arrayContaining(places));
    }
  });

  it('leaves no place of a text empty', () => {
    for (const {codes = ['NONE']} of NETWORK_MEANINGS) {
      const fault = {code: codes[0] ?? '', text: '', host: 'pi.test:443'};
      const {message} = networkFailure({...fault, proxy: 'proxy.test:3128'});

      expect(message).not.toMatch(/[{}]| {2}|\s\./);
    }
  });
});
