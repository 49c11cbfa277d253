import fc from 'fast-check';

import {networkFailure} from './network-failure';

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
    expect(failure.message).toContain('pi.test:443');
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
