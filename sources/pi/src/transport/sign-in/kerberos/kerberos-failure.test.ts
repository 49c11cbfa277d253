import fc from 'fast-check';

import {failureIn, kerberosFailure, wordsFit} from './kerberos-failure';
import {KERBEROS_FAILURES, type KerberosFailure} from './kerberos-failures';

const CREDENTIALS =
  'No credentials were supplied, or the credentials were unavailable or inaccessible: ';
const UNSPECIFIED =
  'Unspecified GSS failure.  Minor code may provide more information: ';

describe('failureIn', () => {
  it.each([
    ['SPNEGO cannot find mechanisms to negotiate', 'KERBEROS_NO_TICKET'],
    ["Can't find client principal a@R in cache collection", 'KERBEROS_NO_TICKET'],
    ["Client 'a@R' not found in Kerberos database", 'KERBEROS_UNKNOWN_PRINCIPAL'],
    ['Preauthentication failed', 'KERBEROS_STALE_KEYTAB'],
    ["Client's credentials have been revoked", 'KERBEROS_ACCOUNT_LOCKED'],
    ['Password has expired', 'KERBEROS_PASSWORD_EXPIRED'],
    ["Client's entry in database has expired", 'KERBEROS_ACCOUNT_EXPIRED'],
    ["Cannot contact any KDC for realm 'R'", 'KERBEROS_KDC_SILENT'],
    ['Cannot find KDC for realm "R"', 'KERBEROS_NO_KDC'],
    ['KDC has no support for encryption type', 'KERBEROS_ENCRYPTION'],
    [
      'Pre-authentication failed: No key table entry found for a@R',
      'KERBEROS_ENCRYPTION',
    ],
    ['KDC policy rejects request', 'KERBEROS_NOT_ALLOWED'],
    ['Server HTTP/x@R not found in Kerberos database', 'KERBEROS_UNKNOWN_SERVICE'],
    ['Credentials for server have been revoked', 'KERBEROS_SERVICE_LOCKED'],
    ['Realm not local to KDC', 'KERBEROS_OTHER_REALM'],
    ['Clock skew too great', 'KERBEROS_CLOCK_HERE'],
    ['Ticket expired', 'KERBEROS_TICKET_ENDED'],
    ['Something else', 'KERBEROS_KDC_UNFORESEEN'],
  ])('knows what a centre means by "%s"', (...[tail, id]) => {
    expect(failureIn(CREDENTIALS + tail, 'kdc')).toBe(id);
    expect(failureIn(UNSPECIFIED + tail, 'kdc')).toBe(id);
  });

  it.each([
    ["The ticket isn't for us", 'KERBEROS_FOREIGN_KEY'],
    ['Key version is not available', 'KERBEROS_FOREIGN_KEY'],
    ['Clock skew too great', 'KERBEROS_CLOCK_SERVER'],
    ['Ticket not yet valid', 'KERBEROS_CLOCK_DOMAIN'],
    ['Ticket expired', 'KERBEROS_TICKET_TOO_OLD'],
    ['Request is a replay', 'KERBEROS_REPLAYED'],
    ['Something else', 'KERBEROS_SERVER_UNFORESEEN'],
  ])('knows what the server means by "%s"', (...[tail, id]) => {
    expect(failureIn(UNSPECIFIED + tail, 'server')).toBe(id);
  });
});

describe('kerberosFailure', () => {
  it('puts names into the text and keeps the reason', () => {
    const error = kerberosFailure('KERBEROS_UNKNOWN_PRINCIPAL', {principal: 'a@R'});

    expect(error.message).toContain('knows no account a@R.');
    expect(error).toMatchObject({
      failureType: 'config_error',
      details: {reason: 'KERBEROS_UNKNOWN_PRINCIPAL'},
    });
  });

  it('has a name for each row of its own, and tells each row apart', () => {
    const rows: readonly KerberosFailure[] = KERBEROS_FAILURES;

    expect(new Set(rows.map(({id}) => id)).size).toBe(rows.length);
    expect(new Set(rows.map(({text}) => text)).size).toBe(rows.length);
    for (const row of KERBEROS_FAILURES)
      expect(kerberosFailure(row.id).failureType).toBe(row.failureType);
  });
});

describe('wordsFit', () => {
  it('leaves out the phrases that the library puts before everything', () => {
    expect(wordsFit(`${CREDENTIALS}Something\n else`, [])).toBe('Something else');
    expect(wordsFit(UNSPECIFIED, [])).toBe('nothing that may be shown.');
  });

  it('never shows a secret, wherever it stands', () => {
    const shown = 'nothing that may be shown.';
    const secret = fc.string({minLength: 1}).filter((text) => !shown.includes(text));
    fc.assert(
      fc.property(fc.string(), secret, fc.string(), (...[before, password, after]) => {
        const words = wordsFit(before + password + after, [password]);

        expect(words).not.toContain(password);
      }),
    );
  });
});
