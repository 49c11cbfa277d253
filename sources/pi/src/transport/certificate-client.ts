import {createPrivateKey, X509Certificate, type KeyObject} from 'node:crypto';
import {createSecureContext} from 'node:tls';

import {faultOf} from './network-failure';
import {certificateProblem, isRevocationList, pemBlocks} from './pem';
import {identity, type ClientCertificate} from './trust';

/** The field of a client certificate that must change, and what is wrong with it. */
export interface ClientCertificateProblem {
  readonly field: 'certificate' | 'private_key' | 'archive' | 'passphrase';
  readonly message: string;
}

type PemCertificate = Extract<ClientCertificate, {format: 'pem'}>;

/**
 * What is wrong with a client certificate; undefined if nothing is. It is opened as for a
 * connection, so that a wrong passphrase is told by the form and not by a failing sync.
 * Says nothing of what is in the fields.
 */
export function clientCertificateProblem(
  own: ClientCertificate,
): ClientCertificateProblem | undefined {
  return own.format === 'pem' ? pemProblem(own) : pfxProblem(own);
}

function pemProblem(own: PemCertificate): ClientCertificateProblem | undefined {
  const leaf = pemBlocks(own.certificate).find((block) => !isRevocationList(block));
  const message = leaf === undefined ? NO_PEM : certificateProblem(own.certificate);
  if (leaf === undefined || message !== undefined) {
    return {field: 'certificate', message: message ?? NO_PEM};
  }
  let key: KeyObject;
  try {
    key = createPrivateKey({
      ...{key: own.key, format: 'pem'},
      ...(own.passphrase !== undefined && {passphrase: own.passphrase}),
    });
  } catch (thrown) {
    return keyProblem(own, thrown);
  }
  return new X509Certificate(leaf).checkPrivateKey(key) ? undefined : FOREIGN_KEY;
}

const NO_PEM =
  'Expected PEM text: -----BEGIN CERTIFICATE----- … -----END CERTIFICATE-----.';

const FOREIGN_KEY: ClientCertificateProblem = {
  field: 'private_key',
  message:
    'This key does not belong to the first certificate. Paste the key that was made with it.',
};

/**
 * An encrypted key, from its first line to its last. One wrong passphrase in 256 is not
 * noticed as such: it decrypts to bytes that are no key.
 */
const ENCRYPTED_KEY =
  /(?:BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED)[^]*-----END /;
const ABOUT_PASSPHRASE = /passphrase|bad decrypt|interrupted or cancelled/i;

function keyProblem(
  {key, passphrase}: PemCertificate,
  thrown: unknown,
): ClientCertificateProblem {
  if (!ENCRYPTED_KEY.test(key) && !ABOUT_PASSPHRASE.test(faultOf(thrown).text)) {
    return {
      field: 'private_key',
      message:
        'Expected the key as PEM text: -----BEGIN PRIVATE KEY----- … -----END PRIVATE KEY-----, whole and not cut.',
    };
  }
  if (isBlank(passphrase)) {
    const message = 'The private key is encrypted: enter its passphrase.';
    return {field: 'private_key', message};
  }
  const message = 'This passphrase does not open the private key.';
  return {field: 'passphrase', message};
}

/** What is left out is told at another field: here it would be called missing. */
function isBlank(passphrase: string | undefined): boolean {
  return passphrase === undefined || passphrase === '';
}

function pfxProblem(own: ClientCertificate): ClientCertificateProblem | undefined {
  try {
    createSecureContext(identity(own));
    return undefined;
  } catch (thrown) {
    const words = faultOf(thrown).text;
    const known = PFX_PROBLEMS.find(([pattern]) => pattern.test(words));
    if (known?.[1].field === 'passphrase' && isBlank(own.passphrase)) return LOCKED_PFX;
    return known === undefined ? NO_PFX : known[1];
  }
}

const NO_PFX: ClientCertificateProblem = {
  field: 'archive',
  message:
    'This is no PFX file, or it was cut. Encode the file itself as base64 (base64 -w0 client.pfx).',
};

const LOCKED_PFX: ClientCertificateProblem = {
  field: 'archive',
  message: 'The PFX file is encrypted: enter its passphrase.',
};

const PFX_PROBLEMS: readonly (readonly [RegExp, ClientCertificateProblem])[] = [
  [
    /mac verify failure/i,
    {field: 'passphrase', message: 'This passphrase does not open the PFX file.'},
  ],
  [
    /unsupported/i,
    {
      field: 'archive',
      message:
        'The PFX file is encrypted by a method that is no longer supported (RC2 or 3DES). Export it once more with the encryption AES256-SHA256.',
    },
  ],
  [
    /private key/i,
    {
      field: 'archive',
      message: 'The PFX file holds no private key. Export it once more, with the key.',
    },
  ],
];
