import {krb5Conf, krb5ConfAlone} from './krb5-conf';

describe('krb5Conf', () => {
  it('names the centres that were given, and asks no name server then', () => {
    const text = krb5Conf({realm: 'PLANT.EXAMPLE', kdcs: ['dc1:1088', '[::1]:88']});

    expect(text).toContain('default_realm = PLANT.EXAMPLE\n  dns_lookup_kdc = false\n');
    expect(text).toContain(
      '  PLANT.EXAMPLE = {\n    kdc = dc1:1088\n    kdc = [::1]:88\n  }\n',
    );
  });

  it('looks centres up in DNS where none was given', () => {
    expect(krb5Conf({realm: 'R', kdcs: []})).toContain('dns_lookup_kdc = true');
  });
});

describe('krb5ConfAlone', () => {
  it('knows nobody, and asks no name server either', () => {
    const text = krb5ConfAlone('PLANT.EXAMPLE');

    expect(text).toContain('dns_lookup_kdc = false');
    expect(text).toContain('PLANT.EXAMPLE = {\n  }\n');
  });
});
