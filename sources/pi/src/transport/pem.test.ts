import {
  LOOPBACK_CERTIFICATE,
  LOOPBACK_KEY,
  LOOPBACK_REVOCATION_LIST,
} from './loopback-certificate.stand-in';
import {certificateProblem, isRevocationList, pemBlocks} from './pem';

describe('certificateProblem', () => {
  it('accepts one certificate and several', () => {
    expect(certificateProblem(LOOPBACK_CERTIFICATE)).toBeUndefined();
    expect(certificateProblem(LOOPBACK_CERTIFICATE.repeat(2))).toBeUndefined();
  });

  it('accepts a text whose line ends were escaped on the way', () => {
    expect(
      certificateProblem(LOOPBACK_CERTIFICATE.replaceAll('\n', '\\n')),
    ).toBeUndefined();
  });

  it('accepts an empty field', () => {
    expect(certificateProblem(' \n')).toBeUndefined();
  });

  it('tells which certificate is damaged', () => {
    const damaged = LOOPBACK_CERTIFICATE.replace(/MII.{40}/, 'MII');

    expect(certificateProblem(LOOPBACK_CERTIFICATE + damaged)).toBe(
      'Certificate 2 cannot be read: it is cut or damaged.',
    );
  });

  it('accepts a list of revoked certificates among them, if it is whole', () => {
    const text = LOOPBACK_CERTIFICATE + LOOPBACK_REVOCATION_LIST;

    expect(certificateProblem(text)).toBeUndefined();
    expect(pemBlocks(text).map(isRevocationList)).toEqual([false, true]);
    expect(certificateProblem(text.replace('MIGu', 'MIG'))).toContain('Certificate 2');
  });

  it('refuses a private key, without showing it', () => {
    const problem = certificateProblem(LOOPBACK_CERTIFICATE + LOOPBACK_KEY);

    expect(problem).toBe('Certificate 2 cannot be read: it is cut or damaged.');
  });

  it('refuses what is no PEM text', () => {
    expect(certificateProblem('C:\\certs\\plant-ca.cer')).toContain(
      'Expected PEM text',
    );
  });
});

describe('pemBlocks', () => {
  it('passes over what stands between the blocks', () => {
    const text = `Plant CA\n${LOOPBACK_CERTIFICATE}\nintermediate:\n${LOOPBACK_CERTIFICATE}`;

    expect(pemBlocks(text)).toEqual([
      LOOPBACK_CERTIFICATE.trim(),
      LOOPBACK_CERTIFICATE.trim(),
    ]);
  });
});
