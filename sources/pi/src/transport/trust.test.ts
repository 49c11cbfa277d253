import {rootCertificates} from 'node:tls';

import {secureContext, trustBesidePi, type Trust} from './trust';

const WHOLE: Trust = {
  caCertificates: ['plant root'],
  revocationLists: ['list'],
  serverName: 'pi.test',
  minVersion: 'TLSv1.1',
  clientCertificate: {format: 'pem', certificate: 'own', key: 'key', passphrase: 'p'},
};

describe('secureContext', () => {
  it('leaves all but verification to Node where nothing is set', () => {
    expect(secureContext({caCertificates: []})).toEqual({rejectUnauthorized: true});
  });

  it('trusts public authorities besides the plant’s', () => {
    expect(secureContext(WHOLE).ca).toEqual([...rootCertificates, 'plant root']);
  });

  it('says name, age and certificate', () => {
    expect(secureContext(WHOLE)).toMatchObject({
      ...{servername: 'pi.test', minVersion: 'TLSv1.1', crl: ['list']},
      ...{ciphers: 'DEFAULT@SECLEVEL=0', cert: 'own', key: 'key', passphrase: 'p'},
    });
  });

  it('lowers the level of security for old versions alone', () => {
    const {ciphers} = secureContext({...WHOLE, minVersion: 'TLSv1.3'});

    expect(ciphers).toBeUndefined();
  });

  it('never switches verification off', () => {
    expect(secureContext(WHOLE).rejectUnauthorized).toBe(true);
    expect(secureContext(WHOLE)).not.toHaveProperty('checkServerIdentity');
  });
});

describe('trustBesidePi', () => {
  it('keeps name, age and certificate from other servers', () => {
    expect(secureContext(trustBesidePi(WHOLE))).toEqual({
      rejectUnauthorized: true,
      ca: [...rootCertificates, 'plant root'],
      crl: ['list'],
    });
  });

  it('asks other servers for as new a version as PI', () => {
    const {minVersion} = trustBesidePi({...WHOLE, minVersion: 'TLSv1.3'});

    expect(minVersion).toBe('TLSv1.3');
  });
});
