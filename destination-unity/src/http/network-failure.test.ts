import {ConfigError, TransientError} from 'airbyte-cdk-ts';

import {faultKind, networkFailure, networkFaultOf} from './network-failure';

describe('networkFailure', () => {
  it.each([
    ['ENOTFOUND', TransientError, 'is not known to the name servers'],
    ['EAI_AGAIN', TransientError, 'gave no answer'],
    ['ECONNREFUSED', TransientError, 'refused the connection'],
    ['ECONNRESET', TransientError, 'closed the connection'],
    ['ETIMEDOUT', TransientError, 'did not answer in time'],
    ['SELF_SIGNED_CERT_IN_CHAIN', ConfigError, '"CA certificate"'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', ConfigError, '"CA certificate"'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', ConfigError, 'not made out to db.example.com'],
    ['CERT_HAS_EXPIRED', ConfigError, 'has expired'],
    ['E_NEVER_SEEN', TransientError, 'failed'],
  ])('says what %s means', (code, expected, words) => {
    const failure = networkFailure({code, text: ''}, 'db.example.com');

    expect(failure).toBeInstanceOf(expected);
    expect(failure.message).toContain(words);
    expect(failure.message).toContain('db.example.com');
  });

  it('recognises by its words what has no code of its own', () => {
    const text = 'write EPROTO: wrong version number';

    expect(faultKind({code: 'EPROTO', text})).toBe('lasting');
    expect(faultKind({code: '', text: 'socket hang up'})).toBe('passing');
  });
});

describe('networkFaultOf', () => {
  it('finds the code of the innermost cause', () => {
    const cause = Object.assign(new RangeError('inner'), {code: 'ENOTFOUND'});
    const thrown = Object.assign(new RangeError('outer', {cause}), {code: 'ERR_BAD'});

    expect(networkFaultOf(thrown).code).toBe('ENOTFOUND');
  });

  it.each([undefined, null, 'text', 7])('makes something of %j', (thrown) => {
    expect(networkFaultOf(thrown)).toEqual({code: '', text: ''});
  });
});
