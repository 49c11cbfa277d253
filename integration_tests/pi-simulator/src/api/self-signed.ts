import {generateKeyPairSync, randomBytes, sign} from 'node:crypto';

/** A key and a certificate that vouches for itself, both as PEM. */
export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

const DAY_MS = 86_400_000;
const ECDSA_WITH_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const COMMON_NAME = [0x55, 0x04, 0x03];
const BASIC_CONSTRAINTS = [0x55, 0x1d, 0x13];
const SUBJECT_ALT_NAME = [0x55, 0x1d, 0x11];

/**
 * Makes a certificate for `localhost` and 127.0.0.1, valid for a year from `nowMs`, as
 * an internal PI server has one: no public authority knows it.
 */
export function selfSigned(nowMs: number): SelfSigned {
  const {privateKey, publicKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
  const algorithm = sequence(der(0x06, bytes(ECDSA_WITH_SHA256)));
  const name = commonName('PI Web API simulator');
  const body = sequence(
    der(0xa0, der(0x02, bytes([2]))),
    der(0x02, Buffer.concat([bytes([1]), randomBytes(15)])),
    algorithm,
    name,
    sequence(time(nowMs - DAY_MS), time(nowMs + 365 * DAY_MS)),
    name,
    publicKey.export({type: 'spki', format: 'der'}),
    der(0xa3, sequence(authority(), names())),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, algorithm, der(0x03, bytes([0]), signature));
  return {
    key: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
    cert: pem(certificate),
  };
}

/** One value in DER: a tag, a length, the contents. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const {length} = content;
  const size = length < 128 ? [length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([bytes([tag, ...size]), content]);
}

function sequence(...contents: readonly Buffer[]): Buffer {
  return der(0x30, ...contents);
}

function bytes(values: readonly number[]): Buffer {
  return Buffer.from(values);
}

function commonName(text: string): Buffer {
  return sequence(
    der(0x31, sequence(der(0x06, bytes(COMMON_NAME)), der(0x0c, Buffer.from(text)))),
  );
}

/** UTCTime: `YYMMDDhhmmssZ`. */
function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replaceAll(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

/** It may be its own authority. */
function authority(): Buffer {
  const isAuthority = sequence(der(0x01, bytes([0xff])));
  return sequence(
    der(0x06, bytes(BASIC_CONSTRAINTS)),
    der(0x01, bytes([0xff])),
    der(0x04, isAuthority),
  );
}

function names(): Buffer {
  const known = sequence(
    der(0x82, Buffer.from('localhost')),
    der(0x87, bytes([127, 0, 0, 1])),
  );
  return sequence(der(0x06, bytes(SUBJECT_ALT_NAME)), der(0x04, known));
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
