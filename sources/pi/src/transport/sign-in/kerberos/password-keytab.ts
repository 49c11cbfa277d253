import {createCipheriv, pbkdf2Sync} from 'node:crypto';

import type {Principal} from './principal';

/** `aes256-cts-hmac-sha1-96`, which every domain since Windows Server 2008 gives. */
const ENCRYPTION = 18;
const KEY_BYTES = 32;
const ITERATIONS = 4096;
/** `kerberos`, folded to 128 bits (RFC 3961, appendix A.1). */
const FOLDED = Buffer.from('6b65726265726f737b9b5b2b93132b93', 'hex');
const PRINCIPAL_NAME_TYPE = 1;

/**
 * The keytab of one account, made of its password without asking anybody. The salt is
 * the one that a domain uses: realm and account, in the case they have there.
 */
export function passwordKeytab(principal: Principal, password: string): Buffer {
  const {parts, realm} = principal;
  const key = stringToKey(password, {salt: realm + parts.join('')});
  const entry = Buffer.concat([
    uint16(parts.length),
    counted(Buffer.from(realm)),
    ...parts.map((part) => counted(Buffer.from(part))),
    uint32(PRINCIPAL_NAME_TYPE),
    uint32(0),
    Buffer.from([1]),
    uint16(ENCRYPTION),
    counted(key),
  ]);
  return Buffer.concat([Buffer.from([5, 2]), uint32(entry.length), entry]);
}

export interface KeyOptions {
  readonly salt: string | Buffer;
  readonly iterations?: number;
}

/** The key of a password by RFC 3962: PBKDF2, then what Kerberos calls derivation. */
export function stringToKey(
  password: string | Buffer,
  {salt, iterations = ITERATIONS}: KeyOptions,
): Buffer {
  const base = pbkdf2Sync(password, salt, iterations, KEY_BYTES, 'sha1');
  const first = encrypted(base, FOLDED);
  return Buffer.concat([first, encrypted(base, first)]);
}

/** One block, which with no other before it is what the cipher makes of it alone. */
function encrypted(key: Buffer, block: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

function counted(bytes: Buffer): Buffer {
  return Buffer.concat([uint16(bytes.length), bytes]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
