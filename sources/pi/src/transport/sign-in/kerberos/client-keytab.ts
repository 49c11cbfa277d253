import {readFileSync} from 'node:fs';

import {kerberosFailure} from './kerberos-failure';
import {keytabEntries, keytabOf, type KeytabEntry} from './keytab';
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

/** A keytab of one account. */
export interface ClientKeytab {
  readonly bytes: Buffer;
  /** Where the same is mounted, which may be replaced while we use it. */
  readonly path?: string;
}

/** How many principals of a keytab are named to the user. */
const TOLD_PRINCIPALS = 8;

/**
 * The keytab that tickets are asked for with. The library takes the first account it
 * finds, so others are left out. Throws a `ConfigError` where there is no keytab, or it is
 * not that of the principal.
 */
export function clientKeytab(
  secret: AccountSecret,
  principal: Principal,
): ClientKeytab {
  const {password, keytab, keytabPath} = secret;
  if (password !== undefined) return {bytes: passwordKeytab(principal, password)};
  if (keytabPath === undefined)
    return {bytes: keytabOf(keysIn(Buffer.from(keytab ?? '', 'base64'), principal))};
  const mounted = bytesAt(keytabPath);
  const ours = keytabOf(keysIn(mounted, principal));
  return {bytes: ours, ...(ours.equals(mounted) ? {path: keytabPath} : {})};
}

/** The keys of this principal; at least one. */
function keysIn(bytes: Buffer, principal: Principal): readonly KeytabEntry[] {
  const entries = keytabEntries(bytes);
  if (entries === undefined) throw kerberosFailure('KERBEROS_KEYTAB_BROKEN');
  if (entries.length === 0)
    throw kerberosFailure('KERBEROS_KEYTAB_EMPTY', {principal: principal.name});
  const ours = entries.filter((entry) => entry.principal === principal.name);
  if (ours.length > 0) return ours;
  throw notAmong([...new Set(entries.map((entry) => entry.principal))], principal);
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
