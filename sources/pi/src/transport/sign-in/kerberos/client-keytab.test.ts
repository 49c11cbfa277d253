import type {ConnectorError} from 'airbyte-cdk-ts';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {clientKeytab} from './client-keytab';
import {passwordKeytab} from './password-keytab';
import {principalOf} from './principal';

const PRINCIPAL = principalOf('svc_airbyte@PLANT.EXAMPLE');
const KEYTAB = passwordKeytab(PRINCIPAL, 'secret');

describe('clientKeytab', () => {
  it('is made of a password, or taken as base64 text, or read from its path', () => {
    const folder = mkdtempSync(join(tmpdir(), 'client-keytab-'));
    const keytabPath = join(folder, 'svc.keytab');
    writeFileSync(keytabPath, KEYTAB);

    expect(clientKeytab({password: 'secret'}, PRINCIPAL)).toEqual({bytes: KEYTAB});
    expect(clientKeytab({keytab: KEYTAB.toString('base64')}, PRINCIPAL)).toEqual({
      bytes: KEYTAB,
    });
    expect(clientKeytab({keytabPath}, PRINCIPAL)).toEqual({
      bytes: KEYTAB,
      path: keytabPath,
    });

    rmSync(folder, {recursive: true});
  });

  it('takes one account out of a keytab of several', () => {
    const folder = mkdtempSync(join(tmpdir(), 'client-keytab-'));
    const keytabPath = join(folder, 'several.keytab');
    const other = passwordKeytab(principalOf('other@PLANT.EXAMPLE'), 'x').subarray(2);
    writeFileSync(
      keytabPath,
      Buffer.concat([KEYTAB.subarray(0, 2), other, KEYTAB.subarray(2)]),
    );

    expect(clientKeytab({keytabPath}, PRINCIPAL)).toEqual({bytes: KEYTAB});

    rmSync(folder, {recursive: true});
  });

  it('says where a keytab was looked for in vain', () => {
    expect(() => clientKeytab({keytabPath: '/nowhere/a.keytab'}, PRINCIPAL)).toThrow(
      'The keytab /nowhere/a.keytab cannot be read (ENOENT)',
    );
  });

  it.each([
    ['another file', Buffer.from('root:x:0:0'), 'KERBEROS_KEYTAB_BROKEN'],
    ['half a keytab', KEYTAB.subarray(0, 40), 'KERBEROS_KEYTAB_BROKEN'],
    ['a keytab without keys', Buffer.from([5, 2]), 'KERBEROS_KEYTAB_EMPTY'],
  ])('refuses %s', (...[, bytes, reason]) => {
    expect(reasonFor(bytes)).toBe(reason);
  });

  it('names what the keytab holds where that is another account', () => {
    const keytab = KEYTAB.toString('base64');

    expect(() => clientKeytab({keytab}, principalOf('Svc_Airbyte@R'))).toThrow(
      'no key of Svc_Airbyte@R. It holds: svc_airbyte@PLANT.EXAMPLE.',
    );
  });
});

function reasonFor(bytes: Buffer): unknown {
  try {
    return clientKeytab({keytab: bytes.toString('base64')}, PRINCIPAL);
  } catch (thrown) {
    return (thrown as ConnectorError).details['reason'];
  }
}
