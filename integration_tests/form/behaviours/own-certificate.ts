import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Opens the key below. */
const PASSPHRASE = 'some-passphrase';

/** Named as the fields that they are typed into. */
interface OwnCertificate {
  readonly certificate: string;
  readonly private_key: string;
  readonly archive: string;
  readonly passphrase: string;
}

/** A certificate of this run with its key, by OpenSSL, in the forms that are handed out. */
export const CERTIFICATE = newCertificate();

function newCertificate(): OwnCertificate {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'own-certificate-'));
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, {cwd: folder, stdio: 'ignore'});
  };
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  const files = ['-keyout', 'own.key', '-out', 'own.pem'];
  const secret = ['-passout', `pass:${PASSPHRASE}`];
  openssl('req', '-x509', ...curve, ...files, ...secret, '-subj', '/CN=airbyte');
  const from = ['-inkey', 'own.key', '-in', 'own.pem', '-passin', `pass:${PASSPHRASE}`];
  openssl('pkcs12', '-export', ...from, '-out', 'own.pfx', ...secret);
  const read = (name: string): Buffer => fs.readFileSync(path.join(folder, name));
  const made = {
    certificate: read('own.pem').toString(),
    private_key: read('own.key').toString(),
    archive: read('own.pfx').toString('base64'),
    passphrase: PASSPHRASE,
  };
  fs.rmSync(folder, {recursive: true});
  return made;
}
