import fc from 'fast-check';

import {keytabEntries} from './keytab';
import {passwordKeytab, stringToKey} from './password-keytab';
import {principalOf} from './principal';

describe('stringToKey', () => {
  /** RFC 3962, appendix B. */
  it.each([
    [
      1,
      'password',
      'ATHENA.MIT.EDUraeburn',
      'fe697b52bc0d3ce14432ba036a92e65bbb52280990a2fa27883998d72af30161',
    ],
    [
      2,
      'password',
      'ATHENA.MIT.EDUraeburn',
      'a2e16d16b36069c135d5e9d2e25f896102685618b95914b467c67622225824ff',
    ],
    [
      1200,
      'password',
      'ATHENA.MIT.EDUraeburn',
      '55a6ac740ad17b4846941051e1e8b0a7548d93b0ab30a8bc3ff16280382b8c2a',
    ],
    [
      50,
      '\u{1D11E}',
      'EXAMPLE.COMpianist',
      '4b6d9839f84406df1f09cc166db4b83c571848b784a3d6bdc346589a3e393f9e',
    ],
  ])('makes the key of the standard after %i rounds', (...vector) => {
    const [iterations, password, salt, key] = vector;

    expect(stringToKey(password, {salt, iterations}).toString('hex')).toBe(key);
  });
});

describe('passwordKeytab', () => {
  it('holds the key of the account, its realm in capitals', () => {
    const keytab = passwordKeytab(principalOf('svc_airbyte@plant.example'), 'secret');

    expect(keytabEntries(keytab)).toMatchObject([
      {principal: 'svc_airbyte@PLANT.EXAMPLE', encryption: 18},
    ]);
    expect(keytab.subarray(-32)).toEqual(
      stringToKey('secret', {salt: 'PLANT.EXAMPLEsvc_airbyte'}),
    );
  });

  it('makes a keytab of every name and every password', () => {
    const name = fc.stringMatching(/^[\w.$-]{1,20}(\/[\w.-]{1,20})?$/);
    const realm = fc.stringMatching(/^[A-Z][A-Z0-9.-]{0,20}$/);
    fc.assert(
      fc.property(name, realm, fc.string({unit: 'binary'}), (...given) => {
        const [account, domain, password] = given;
        const principal = principalOf(`${account}@${domain}`);

        expect(keytabEntries(passwordKeytab(principal, password))).toMatchObject([
          {principal: `${account}@${domain}`, encryption: 18},
        ]);
      }),
      {numRuns: 25},
    );
  });
});
