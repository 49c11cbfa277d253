import {createPrivateKey, generateKeyPairSync} from 'node:crypto';

import {clientCertificateProblem} from './certificate-client';
import {
  LOOPBACK_CERTIFICATE,
  LOOPBACK_KEY,
  LOOPBACK_OLD_PFX,
  LOOPBACK_PFX,
} from './loopback-certificate.stand-in';

describe('clientCertificateProblem', () => {
  it.each([
    ['a certificate with its key', LOOPBACK_KEY, undefined],
    ['a passphrase that is not needed', LOOPBACK_KEY, 'any'],
    ['an encrypted key', encrypted(), 'opensesame'],
  ])('accepts %s', (_, key, passphrase) => {
    expect(pem({key, passphrase})).toBeUndefined();
  });

  it('accepts a PFX file', () => {
    expect(pfx(LOOPBACK_PFX, 'opensesame')).toBeUndefined();
  });

  it.each([
    ['no passphrase', {key: encrypted()}, 'private_key', 'enter its passphrase'],
    [
      'a wrong passphrase',
      {key: encrypted(), passphrase: 'swordfish'},
      'passphrase',
      'does not open the private key',
    ],
    ['another key', {key: foreignKey('P-256')}, 'private_key', 'does not belong'],
    ['a key of another kind', {key: foreignKey()}, 'private_key', 'does not belong'],
    ['a key that was cut', {key: LOOPBACK_KEY.slice(0, 90)}, 'private_key', 'PEM text'],
    ['no key', {key: 'C:\\key.pem'}, 'private_key', 'PEM text'],
    ['no certificate', {certificate: 'C:\\c.cer'}, 'certificate', 'PEM text'],
    ['a blank certificate', {certificate: ' '}, 'certificate', 'PEM text'],
    [
      'a damaged certificate',
      {certificate: LOOPBACK_CERTIFICATE.replace('MII', 'M')},
      'certificate',
      'damaged',
    ],
  ])('names the field for %s', (...row) => {
    const [, given, field, words] = row;
    const problem = pem(given);

    expect(problem).toMatchObject({field, message: expect.stringContaining(words)});
    expect(problem?.message).not.toMatch(/swordfish|MIG|C:/);
  });

  it('takes no wrong passphrase for a damaged key, whatever it decrypts to', () => {
    const key = encrypted();
    const fields = Array.from(
      {length: 1000},
      (_, index) => pem({key, passphrase: `swordfish ${index}`})?.field,
    );

    expect([...new Set(fields)]).toEqual(['passphrase']);
  });

  it('tells an encrypted key that was cut from one with a wrong passphrase', () => {
    const key = encrypted().slice(0, 120);

    expect(pem({key, passphrase: 'opensesame'})?.field).toBe('private_key');
  });

  it.each([
    ['a wrong passphrase', LOOPBACK_PFX, 'no', 'passphrase', 'does not open'],
    ['no passphrase', LOOPBACK_PFX, undefined, 'archive', 'enter its passphrase'],
    ['old encryption', LOOPBACK_OLD_PFX, 'opensesame', 'archive', 'AES256'],
    ['something else', 'aGVsbG8=', undefined, 'archive', 'no PFX file'],
  ])('names the field of a PFX file for %s', (...given) => {
    const [, archive, passphrase, field, words] = given;

    expect(pfx(archive, passphrase)).toMatchObject({
      field,
      message: expect.stringContaining(words),
    });
  });
});

interface Pem {
  readonly certificate?: string;
  readonly key?: string;
  readonly passphrase?: string | undefined;
}

function pem(given: Pem): ReturnType<typeof clientCertificateProblem> {
  const whole = {certificate: LOOPBACK_CERTIFICATE, key: LOOPBACK_KEY, ...given};
  return clientCertificateProblem({format: 'pem', ...whole});
}

function pfx(
  archive: string,
  passphrase?: string,
): ReturnType<typeof clientCertificateProblem> {
  const bytes = Buffer.from(archive, 'base64');
  return clientCertificateProblem({format: 'pfx', archive: bytes, passphrase});
}

function encrypted(): string {
  const key = createPrivateKey(LOOPBACK_KEY);
  const secret = {cipher: 'aes-256-cbc', passphrase: 'opensesame'};
  return key.export({type: 'pkcs8', format: 'pem', ...secret}).toString();
}

function foreignKey(namedCurve?: string): string {
  const {privateKey} =
    namedCurve === undefined
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', {namedCurve});
  return privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
}
