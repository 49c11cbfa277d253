import {readFileSync} from 'node:fs';

import {kerberosFailure} from './kerberos-failure';
import {keytabEntries} from './keytab';
import {passwordKeytab} from './password-keytab';
import type {Principal} from './principal';

/** What proves an account to its domain: one of the three. */
export interface AccountSecret {
  readonly password?: string | undefined;
  /** A keytab as base64 text. */
  readonly keytab?: string | undefined;
  /** Where a keytab is mounted. */
  readonly keytabPath?: string | undefined;
}

/** How many principals of a keytab are named to the user. */
const TOLD_PRINCIPALS = 8;

/**
 * The keytab that tickets are asked for with. Throws a `ConfigError` where there is none,
 * or where it is not that of the principal.
 */
export function clientKeytab(secret: AccountSecret, principal: Principal): Buffer {
  const {password, keytab, keytabPath} = secret;
  if (password !== undefined) return passwordKeytab(principal, password);
  const bytes =
    keytabPath === undefined
      ? Buffer.from(keytab ?? '', 'base64')
      : bytesAt(keytabPath);
  const entries = keytabEntries(bytes);
  if (entries === undefined) throw kerberosFailure('KERBEROS_KEYTAB_BROKEN');
  const held = [...new Set(entries.map((entry) => entry.principal))];
  if (held.length === 0)
    throw kerberosFailure('KERBEROS_KEYTAB_EMPTY', {principal: principal.name});
  if (!held.includes(principal.name)) throw notAmong(held, principal);
  return bytes;
}

function bytesAt(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown';
    throw kerberosFailure('KERBEROS_KEYTAB_UNREADABLE', {path, code});
  }
}

function notAmong(held: readonly string[], {name}: Principal): Error {
  const more = held.length > TOLD_PRINCIPALS ? ', …' : '';
  return kerberosFailure('KERBEROS_NOT_IN_KEYTAB', {
    principal: name,
    held: held.slice(0, TOLD_PRINCIPALS).join(', ') + more,
  });
}
